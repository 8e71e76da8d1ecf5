"""Completion in the shells themselves: the word under the cursor, by the script of each."""

import os
import sys
from pathlib import Path
from shutil import which

import pytest

from tests.conftest import Shell
from tests.loopback import LoopbackHub

# bash breaks words at : and =, so COMP_WORDS holds "license", ":", "m" for license:m
ASK = r"""
eval "$(hubscope completion bash)"
try() {
    COMP_LINE=$1 COMP_POINT=${2:-${#1}} COMPREPLY=()
    eval "COMP_WORDS=($(printf '%s' "${COMP_LINE:0:COMP_POINT}" | sed 's/\([:=]\)/ \1 /g'))"
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
    _hubscope hubscope "${COMP_WORDS[COMP_CWORD]}" ""
    (IFS='|'; echo "${COMPREPLY[*]}")
}
"""


def test_bash_completes(run: Shell) -> None:
    told = run.script(
        ASK
        + r"""
        try 'hubscope sea'
        try 'hubscope search lic'
        try 'hubscope search license:apac'
        try 'hubscope search license:mit,apac'
        try 'hubscope search relation:quantized,'
        try 'hubscope families --by=org'
        try 'hubscope family --walk wal'
        try 'hubscope sea rch' 12
        try 'hubscope claims chinese'
        complete -p hubscope
        """
    )
    assert told.err == ""
    assert told.out.splitlines() == [
        "search",
        "license:",
        "apache-2.0",
        "mit,apache-2.0",
        "|".join(f"quantized,{one}" for one in ("finetune", "adapter", "merge", "unknown")),
        "organisation",
        "walked",
        "search",
        "chinese-bases",
        "complete -F _hubscope hubscope",
    ]


def test_bash_completes_a_stored_repo(hub: LoopbackHub, run: Shell) -> None:
    told = run.script(ASK + "hubscope trending -q >/dev/null; try 'hubscope show qwen/'")
    assert told.out == "Qwen/Qwen3-8B\n"


@pytest.fixture
def command(tmp_path: Path) -> Path:
    """A folder with ``hubscope`` in it, for shells that need a file."""
    made = tmp_path / "bin" / "hubscope"
    made.parent.mkdir()
    made.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m tui "$@"\n')
    made.chmod(0o755)
    return made.parent


@pytest.mark.skipif(which("fish") is None, reason="fish is not installed")
def test_fish_completes(run: Shell, command: Path) -> None:
    script = "hubscope completion fish | source; complete -C 'hubscope search license:mit,apac'"
    told = run.process(["fish", "-c", script], PATH=f"{command}:{os.environ['PATH']}")
    assert told.out.split() == ["license:mit,apache-2.0"]


@pytest.mark.skipif(which("zsh") is None, reason="zsh is not installed")
def test_zsh_takes_the_script(run: Shell, command: Path) -> None:
    script = (
        "compdef() { :; }; compadd() { [[ $* == *-- ]] || print -r -- ${@[-1]}; }\n"
        'eval "$(hubscope completion zsh)"\n'
        "words=(hubscope search license:mit,apac) CURRENT=3 PREFIX=license:mit,apac\n_hubscope\n"
    )
    told = run.process(["zsh", "-fc", script], PATH=f"{command}:{os.environ['PATH']}")
    assert told.out.split() == ["license:mit,apache-2.0"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_asks_the_program_and_names_no_word_itself(run: Shell, shell: str) -> None:
    told = run("completion", shell)
    assert (told.code, told.err) == (0, "")
    assert "__complete" in told.out
    assert "trending" not in told.out
    assert "license" not in told.out
