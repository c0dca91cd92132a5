"""Serves the code as a cluster does."""

import os
import sys


def command(port: str) -> list[str]:
    """The arguments that the server is started with."""
    place = ["--host", "0.0.0.0", "--port", port, "--location-name", "{{ cookiecutter.app_name }}"]
    code = ["--module-name", "{{ cookiecutter.package_name }}.definitions", "--use-python-environment-entry-point"]
    return [sys.executable, "-m", "dagster", "code-server", "start", *place, *code]


def main() -> None:
    """Becomes the server."""
    arguments = command(os.environ.get("PORT", "{{ cookiecutter.code_location_port }}"))
    os.execv(arguments[0], arguments)


if __name__ == "__main__":
    main()
