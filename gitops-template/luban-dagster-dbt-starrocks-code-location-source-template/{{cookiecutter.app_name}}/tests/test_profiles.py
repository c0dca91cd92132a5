from dbt.cli.main import dbtRunner

from {{ cookiecutter.package_name }}.project import project_folder


def test_every_output_can_be_read_without_a_database(tmp_path) -> None:
    folder = str(project_folder())
    for target in ("development", "sandbox", "production"):
        place = ["--project-dir", folder, "--profiles-dir", folder, "--target-path", str(tmp_path / target)]

        result = dbtRunner().invoke(["--quiet", "parse", *place, "--log-path", str(tmp_path), "--target", target])

        assert result.success, result.exception
