"""What is copied is pasted as what it was: one line, quoted, nothing in it runs."""

import ast
import base64
import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.model import Repo
from tui.render.clipboard import LONGEST, TooLong, copies, osc52, sent, snippet, url

HUB = "https://hub.test"
HOSTILE = st.text(alphabet=st.sampled_from("a-z'\"`$();|&\\\n\r\x1b\x07\u202e {}"), max_size=30)


@given(HOSTILE, HOSTILE)
def test_hostile_words_of_the_wire_stay_words(library: str, task: str) -> None:
    for named in (library, "transformers", "gguf"):
        repo = Repo("acme/base", library=named, task=task, tags=(library,))
        for copy in copies(HUB, repo, "hubscope trending"):
            assert "\n" not in copy.text
            assert not set(copy.text) & {"\x1b", "\x07", "\r", "\u202e"}
        code = next(copy.text for copy in copies(HUB, repo, "x") if copy.label == "snippet")
        if not code.startswith("llama-server"):
            calls = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)]
            assert len(calls) == 1


def test_the_task_of_a_pipeline_is_one_string() -> None:
    repo = Repo("acme/base", library="transformers", task="'); import os; os.remove('x")
    tree = ast.parse(snippet(repo))
    call = next(node for node in ast.walk(tree) if isinstance(node, ast.Call))
    assert isinstance(call.args[0], ast.Constant)
    assert call.args[0].value == repo.task


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("model", ["hf", "download", "acme/base"]),
        ("dataset", ["hf", "download", "acme/base", "--repo-type", "dataset"]),
        ("space", ["hf", "download", "acme/base", "--repo-type", "space"]),
    ],
)
def test_the_download_command_splits_into_its_words(kind: str, words: list[str]) -> None:
    found = {copy.label: copy.text for copy in copies(HUB, Repo("acme/base", kind), "c")}
    assert shlex.split(found["download"]) == words
    assert found["id"] == "acme/base"
    assert found["this view"] == "c"


def test_the_address_of_each_kind() -> None:
    assert url(HUB, Repo("a/b")) == "https://hub.test/a/b"
    assert url(HUB, Repo("a/b", "dataset")) == "https://hub.test/datasets/a/b"
    assert url(HUB, Repo("a/b", "space")) == "https://hub.test/spaces/a/b"


@given(st.text(max_size=300))
def test_the_clipboard_gets_the_text_back(text: str) -> None:
    sequence = osc52(text)
    assert sequence.startswith("\x1b]52;c;")
    assert sequence.endswith("\x07")
    inner = sequence[7:-1]
    assert base64.b64decode(inner, validate=True) == text.encode("utf-8", "replace")


def test_under_tmux_it_passes_through_and_is_set_there_too() -> None:
    plain = osc52("text")
    sequence = osc52("text", "tmux")
    assert sequence.endswith(plain)
    assert sequence.startswith("\x1bPtmux;\x1b\x1b]52;")
    assert sequence.count("\x1b\\") == 1


@pytest.mark.parametrize("length", [0, 5, 700, LONGEST])
def test_screen_gets_it_in_pieces_that_it_hands_on(length: int) -> None:
    pieces = osc52("x" * length, "screen").split("\x1b\\")
    assert pieces.pop() == ""
    assert all(piece.startswith("\x1bP") and len(piece) < 768 for piece in pieces)
    assert "".join(piece[2:] for piece in pieces) == osc52("x" * length)


def test_what_is_said_names_what_drops_it() -> None:
    assert sent("acme/base") == "sent to the terminal: acme/base"
    assert "`set -s set-clipboard on`" in sent("acme/base", "tmux")
    assert "needs 1.4" in sent("acme/base", "mosh")
    assert sent("acme/base", "screen") == sent("acme/base")  # it hands on what is wrapped


@pytest.mark.parametrize("letter", ["a", "模"])
def test_too_much_for_the_clipboard_is_refused(letter: str) -> None:
    most = LONGEST // len(letter.encode())
    assert osc52(letter * most, "tmux")
    with pytest.raises(TooLong, match="8 kB are too many for the clipboard"):
        osc52(letter * (most + 1))
