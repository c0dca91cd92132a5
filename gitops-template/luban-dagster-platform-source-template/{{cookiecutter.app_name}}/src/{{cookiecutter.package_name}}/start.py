"""Starts one of the platform's programs as a cluster does."""

import os
import sys

WORKSPACE = "/opt/dagster/workspace/workspace.yaml"


def command(program: str, port: str, workspace: str | None) -> list[str]:
    """The arguments that one of the programs is started with."""
    known = {
        "webserver": ["dagster_webserver", "--host", "0.0.0.0", "--port", port],
        "daemon": ["dagster._daemon", "run"],
    }
    if program not in known:
        raise SystemExit(f"There is no {program or 'program of no name'}; expected one of {', '.join(known)}")
    given = ["--empty-workspace"] if workspace is None else ["--workspace", workspace]
    return [sys.executable, "-m", *known[program], *given]


def main() -> None:
    """`app webserver` or `app daemon`; with the workspace that is mounted, if there is one."""
    workspace = os.environ.get("DAGSTER_WORKSPACE", WORKSPACE)
    program = sys.argv[1] if len(sys.argv) > 1 else ""
    port = os.environ.get("PORT", "{{ cookiecutter.platform_port }}")
    arguments = command(program, port, workspace if os.path.exists(workspace) else None)
    os.execv(arguments[0], arguments)


if __name__ == "__main__":
    main()
