"""The environment, read as huggingface_hub reads it."""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from tui.hub import token
from tui.model import BadInput

# an environment after the other: all that is read of one is read anew with ``constants``
ORACLE = """
import importlib, json, os, sys
from huggingface_hub import constants
from huggingface_hub.utils._headers import get_token_to_send
told = {}
for case, environ in json.load(sys.stdin).items():
    os.environ.clear()
    os.environ.update(environ)
    importlib.reload(constants)
    told[case] = [get_token_to_send(None), constants.HF_HUB_OFFLINE, constants.ENDPOINT]
print(json.dumps(told))
"""

ENVIRONMENTS: dict[str, dict[str, str]] = {
    "nothing": {},
    "named": {"HF_TOKEN": "hf_env"},
    "named beats file": {"HF_TOKEN": "hf_env", "HF_HOME": "{tmp}/home"},
    "old name": {"HUGGING_FACE_HUB_TOKEN": "hf_old"},
    "untidy": {"HF_TOKEN": " hf_\r\nenv\n"},
    "blank falls to the file": {"HF_TOKEN": " \n", "HF_HOME": "{tmp}/home"},
    "empty falls to the file": {"HF_TOKEN": "", "HF_HOME": "{tmp}/home"},
    "home": {"HF_HOME": "{tmp}/home"},
    "home by variable": {"PLACE": "{tmp}", "HF_HOME": "$PLACE/home"},
    "home of none": {"HF_HOME": "{tmp}/nobody"},
    "path": {"HF_TOKEN_PATH": "{tmp}/elsewhere", "HF_HOME": "{tmp}/home"},
    "path with tilde": {"HF_TOKEN_PATH": "~/tilde"},
    "default file": {"HOME": "{tmp}/user"},
    "cache moved": {"XDG_CACHE_HOME": "{tmp}/xdg"},
    "blank file": {"HF_TOKEN_PATH": "{tmp}/blank"},
    "not implied": {"HF_TOKEN": "hf_env", "HF_HUB_DISABLE_IMPLICIT_TOKEN": "yes"},
    "implied": {"HF_TOKEN": "hf_env", "HF_HUB_DISABLE_IMPLICIT_TOKEN": "0"},
    "offline": {"HF_HUB_OFFLINE": "On", "HF_ENDPOINT": "https://mirror.example/hf/"},
    "offline by the old name": {"TRANSFORMERS_OFFLINE": "TRUE"},
    "online": {"HF_HUB_OFFLINE": "false", "TRANSFORMERS_OFFLINE": "1"},
}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tokens")
    for place, text in {
        "home/token": "hf_home\n",
        "elsewhere": "hf_path",
        "tilde": "hf_tilde",
        "user/.cache/huggingface/token": "hf_default",
        "xdg/huggingface/token": "\n hf_xdg \n",
        "blank": " \n",
    }.items():
        path = folder / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


@pytest.fixture(scope="module")
def environments(files: Path) -> dict[str, dict[str, str]]:
    """By case the whole environment, with the files in their places."""
    return {
        case: {
            "HOME": str(files),
            "PATH": os.environ["PATH"],
            **{name: text.format(tmp=files) for name, text in named.items()},
        }
        for case, named in ENVIRONMENTS.items()
    }


@pytest.fixture(scope="module")
def oracle(environments: dict[str, dict[str, str]]) -> dict[str, list[Any]]:
    """By case what huggingface_hub reads: token, offline, endpoint."""
    done = subprocess.run(
        [sys.executable, "-c", ORACLE],
        input=json.dumps(environments),
        env=environments["nothing"],
        capture_output=True,
        text=True,
        check=True,
    )
    told: dict[str, list[Any]] = json.loads(done.stdout)
    return told


@pytest.mark.parametrize("case", ENVIRONMENTS)
def test_same_as_huggingface_hub(
    case: str,
    environments: dict[str, dict[str, str]],
    oracle: dict[str, list[Any]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    environ = environments[case]
    for name in set(os.environ) - set(environ):
        monkeypatch.delenv(name)
    for name, text in environ.items():
        monkeypatch.setenv(name, text)
    assert [token.peek_token(), token.offline(), token.endpoint()] == oracle[case]


def test_unreadable_token_file_is_no_login(tmp_path: Path) -> None:
    (tmp_path / "token").mkdir()
    assert token.peek_token({"HF_HOME": str(tmp_path)}) is None


@pytest.mark.parametrize(
    "text", ["ftp://x", "huggingface.co", "http://", "http://[", "https://x/?q=1", "https://x\x1b]"]
)
def test_endpoint_must_be_a_url(text: str) -> None:
    with pytest.raises(BadInput, match="HF_ENDPOINT") as caught:
        token.endpoint({"HF_ENDPOINT": text})
    assert str(caught.value).isprintable()


def test_endpoint_keeps_passwords_out_of_the_line() -> None:
    with pytest.raises(BadInput) as caught:
        token.endpoint({"HF_ENDPOINT": "https://ann:secret@mirror.example"})
    assert "secret" not in str(caught.value)


async def test_get_token_is_what_the_hub_says(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN_PATH", str(files / "elsewhere"))
    monkeypatch.delenv("HF_TOKEN", raising=False)
    monkeypatch.setattr(token, "hub_token", lambda: "hf_refreshed")
    assert await token.get_token() == "hf_refreshed"


async def test_get_token_leaves_a_hanging_refresh_behind(
    files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    released = threading.Event()
    monkeypatch.setenv("HF_TOKEN_PATH", str(files / "elsewhere"))
    monkeypatch.delenv("HF_TOKEN", raising=False)
    monkeypatch.setattr(token, "hub_token", lambda: str(released.wait()))
    monkeypatch.setattr(token, "HUB_SECONDS", 0.01)
    assert await token.get_token() == "hf_path"
    released.set()


async def test_get_token_asks_nobody_for_a_named_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_env")
    monkeypatch.delenv("HF_OIDC_RESOURCE", raising=False)
    monkeypatch.setattr(token, "hub_token", lambda: pytest.fail("asked"))
    assert await token.get_token() == "hf_env"


def test_light_modules_stay_light() -> None:
    script = (
        "import sys, tui.hub.wire, tui.hub.parse, tui.hub.token, tui.hub.endpoints;"
        "heavy = {'asyncio', 'httpx2', 'huggingface_hub', 'dataclasses', 'rich', 'textual'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
