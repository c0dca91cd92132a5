import sys

import pytest

from {{ cookiecutter.package_name }}.start import command


def test_each_program_is_started_with_the_workspace_that_is_mounted() -> None:
    webserver = command("webserver", "3000", "/w.yaml")
    daemon = command("daemon", "3000", None)

    assert webserver[:3] == [sys.executable, "-m", "dagster_webserver"]
    assert webserver[-4:] == ["--port", "3000", "--workspace", "/w.yaml"]
    assert daemon == [sys.executable, "-m", "dagster._daemon", "run", "--empty-workspace"]


def test_another_program_is_refused_by_name() -> None:
    with pytest.raises(SystemExit, match="There is no scheduler; expected one of webserver, daemon"):
        command("scheduler", "3000", None)
