"""Where the dbt project is, and what dbt knows of it."""

import os
import sys
from pathlib import Path

from dagster_dbt import DbtProject
from dbt.cli.main import dbtRunner


def project_folder() -> Path:
    """DBT_PROJECT_DIR, or beside the sources."""
    given = os.environ.get("DBT_PROJECT_DIR")
    return Path(given) if given else Path(__file__).resolve().parents[2] / "dbt_project"


def dbt_program() -> str:
    """The dbt beside this Python, whichever is first in PATH."""
    beside = Path(sys.executable).with_name("dbt")
    return str(beside) if beside.exists() else "dbt"


def open_project(folder: Path) -> DbtProject:
    """The project with a manifest: the one that was built with the image, else one that is made now."""
    target = os.environ.get("DBT_TARGET", "{{ cookiecutter.default_env }}")
    built = DbtProject(folder, profiles_dir=folder, target=target)
    if built.manifest_path.exists() and "DAGSTER_IS_DEV_CLI" not in os.environ:
        return built
    # Where dbt may write: a cluster mounts the image so that nobody can.
    writable = Path(os.environ.get("DBT_TARGET_PATH", "target"))
    made = DbtProject(folder, profiles_dir=folder, target=target, target_path=writable)
    write_manifest(made)
    return made


def write_manifest(project: DbtProject) -> None:
    """Lets dbt read its own project; it connects to nothing."""
    folder = project.project_dir
    output = folder / project.target_path
    place = ["--project-dir", str(folder), "--profiles-dir", str(project.profiles_dir), "--target", str(project.target)]
    if (folder / "packages.yml").exists() and not (folder / "dbt_packages").exists():
        run_dbt(["deps", *place, "--log-path", str(output)])
    run_dbt(["parse", *place, "--target-path", str(output), "--log-path", str(output)])


def run_dbt(arguments: list[str]) -> None:
    result = dbtRunner().invoke(["--quiet", *arguments])
    if not result.success:
        raise RuntimeError(f"dbt {arguments[0]} failed: {result.exception}")


project = open_project(project_folder())
