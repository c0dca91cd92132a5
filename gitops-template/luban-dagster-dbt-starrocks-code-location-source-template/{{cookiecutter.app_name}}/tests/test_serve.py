from {{ cookiecutter.package_name }}.serve import command


def test_the_server_is_started_on_its_port_with_the_definitions_of_this_package() -> None:
    arguments = command("3001")

    assert arguments[1:5] == ["-m", "dagster", "code-server", "start"]
    assert "3001" in arguments
    assert "{{ cookiecutter.package_name }}.definitions" in arguments
