"""What a command is, and that nothing else lies beside the commands."""

import inspect
from importlib import import_module
from pathlib import Path

import pytest

from tui import cli, commands
from tui.commands import Command

LINES = 65  # of one command: arguments, an ask, an output


def test_each_file_beside_the_commands_is_one() -> None:
    (folder,) = commands.__path__
    files = {path.stem for path in Path(folder).glob("*.py") if not path.stem.startswith("_")}
    assert files == set(cli.COMMANDS)


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_a_command_is_its_arguments_and_its_run(name: str) -> None:
    module = import_module(f"tui.commands.{name}")
    for function in (Command.arguments, Command.run):
        wanted = [*inspect.signature(function).parameters][1:]
        own = getattr(module, function.__name__)
        assert [*inspect.signature(own).parameters] == wanted
        assert own.__doc__
    assert inspect.getsource(module).count("\n") <= LINES
