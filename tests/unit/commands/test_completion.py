"""``completion``: what the word under the cursor can be, from the parsers and from the store."""

from argparse import Namespace

import pytest

from tests.conftest import Shell
from tests.hygiene.test_imports import HEAVY, loaded
from tests.loopback import LoopbackHub
from tui import cli, completing
from tui.analysis.claims import CLAIMS
from tui.model.lens import DERIVED, ORIGIN_RULES
from tui.opening import open_sources

MOST_MODULES = 130  # of this project, for a word of the query line


def ask(capsys: pytest.CaptureFixture[str], line: str) -> list[str]:
    """What bash gets for a line up to the cursor."""
    code = cli.main([cli.COMPLETE, "bash", line])
    out = capsys.readouterr().out
    return ["files"] if code == completing.FILES else out.splitlines()


@pytest.mark.parametrize(
    ("line", "gives"),
    [
        ("hubscope se", ["search", "series"]),
        ("hubscope --no", ["--no-ascii", "--no-mouse", "--no-sample", "--no-slow-line"]),
        ("hubscope search --by ", ["license", "origin", "task", "family"]),
        ("hubscope families --origin ", list(ORIGIN_RULES)),
        ("hubscope families --origin=l", ["lab"]),
        ("hubscope --json families --tier ", ["0", "1", "2"]),
        ("hubscope compare --relations finetune,", [f"finetune,{one}" for one in DERIVED[1:]]),
        ("hubscope claims ", [claim.key for claim in CLAIMS]),
        ("hubscope claims --ti", ["--tier"]),
        ("hubscope claims --tier 1 --ti", []),
        ("hubscope family qw", ["qwen"]),
        ("hubscope series --family qwen,lla", ["qwen,llama"]),
        ("hubscope origins --of t", ["trending"]),
        ("hubscope completion ", ["bash", "zsh", "fish"]),
        ("hubscope get x --to ", ["files"]),
        ("hubscope snapshot import ", ["files"]),
        ("hubscope search lic", ["license:"]),
        ("hubscope search '!lic", ["!license:"]),
        ("hubscope search license:mit,apac", ["mit,apache-2.0"]),
        ('hubscope search "qwen license:apac', ["qwen license:apache-2.0"]),
        ("hubscope search sort:lik", ["likes"]),
        ("hubscope search --task text-generatio", ["text-generation"]),
        ("hubscope search -- origin:f", ["FR", "FI"]),
        ("hubscope prefetch fam", ["family", "family:"]),
        ("hubscope prefetch family qw", ["qwen"]),
        ("hubscope machine x", []),
        ("hubscope show nothing/stored", []),
    ],
)
def test_words_go_on(capsys: pytest.CaptureFixture[str], line: str, gives: list[str]) -> None:
    assert sorted(ask(capsys, line)) == sorted(gives)


def test_what_is_stored_is_offered(
    hub: LoopbackHub, run: Shell, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("trending", "--limit", "100", "-q").code == 0
    assert run("save", "small ones", "params:<8b").code == 0
    assert run("files", "bob/Qwen3-8B-GGUF").code == 0
    hub.stop()
    assert ask(capsys, "hubscope show qwen/") == ["Qwen/Qwen3-8B"]
    assert {"acme/", "ann/"} <= set(ask(capsys, "hubscope show A"))
    assert "acme/base" in ask(capsys, "hubscope show acme/")
    assert ask(capsys, "hubscope search base:Qwen/Q") == ["Qwen/Qwen3-8B"]
    assert ask(capsys, "hubscope search --author meta") == ["meta-llama"]
    assert ask(capsys, "hubscope save sm") == ["small ones"]
    quants = ask(capsys, "hubscope get bob/Qwen3-8B-GGUF --quant ")
    assert 0 < len(quants) < 10


@pytest.mark.parametrize("name", list(cli.COMMANDS))
def test_each_value_of_each_command_is_known(name: str) -> None:
    _, parser = cli.command(name)
    for action in parser._actions:
        if action.nargs != 0 and action.choices is None:
            assert action.metavar in completing.VALUES, f"{name} {action.dest}"


def test_a_line_is_split_as_bash_does() -> None:
    assert completing.split("a b") == (["a", "b"], 0)
    assert completing.split("a b ") == (["a", "b", ""], 0)
    assert completing.split("a license:mi") == (["a", "license:mi"], 8)
    assert completing.split("a 'x license:mi") == (["a", "x license:mi"], 0)
    assert completing.split("a \\!lic") == (["a", "!lic"], 0)
    assert completing.split('a "b c" "') == (["a", "b c", ""], 0)


def test_it_asks_for_no_request_and_imports_little(hub: LoopbackHub, run: Shell) -> None:
    assert run("trending", "-q").code == 0
    before = len(hub.requests)
    told = loaded(run, (cli.COMPLETE, "se"), (cli.COMPLETE, "search", "license:m"))
    assert len(hub.requests) == before
    few, modules = (ours(names) for names in told.values())
    assert len(few) < 60
    assert len(modules) <= MOST_MODULES
    assert not HEAVY & set().union(*told.values())


def ours(names: set[str]) -> list[str]:
    """Of loaded modules those of this project."""
    return [name for name in names if name.partition(".")[0] == "tui"]


def test_offline_sources_are_opened() -> None:
    sources = open_sources(Namespace(sample=False, offline=True))
    assert sources.offline
    sources.shut()


def test_a_fault_is_silent(run: Shell) -> None:
    told = run(cli.COMPLETE, "search", "licence:")
    assert (told.code, told.out, told.err) == (0, "", "")
