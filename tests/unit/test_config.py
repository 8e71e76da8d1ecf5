"""The reader's settings: each used, each fault with its line, safe defaults for what is not."""

import json
import tomllib
from pathlib import Path

import pytest

from tests.conftest import Shell
from tests.loopback import LoopbackHub
from tui.config import EXAMPLE, Config, check
from tui.model import Lens


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "home" / "config"
    made.mkdir(parents=True)
    return made


def test_every_setting_is_read() -> None:
    config, faults = check(
        b"""theme = "light"
mouse = false
refresh = "never"
endpoint = "https://hub.example/"
memory = "24GB"
slow_line = true
[lens]
origin = "lab"
relations = ["merge", "finetune"]
llm = true
[keys]
"row.open" = ["enter", "l"]
[columns]
trending = ["move", "model", "from", "task", "downloads", "likes", "age"]
saved = ["size"]
"""
    )
    assert faults == []
    assert config == Config(
        theme="light",
        mouse=False,
        refresh="never",
        endpoint="https://hub.example",
        memory=24 * 10**9,
        slow_line=True,
        lens=Lens(origin="lab", relations=("finetune", "merge"), llm=True),
        keys={"row.open": ("enter", "l")},
        columns={
            "trending": ("move", "id", "origin", "task", "downloads", "likes", "age"),
            "saved": ("id", "size"),
        },
    )
    assert config.patience > Config().patience == 1.0


@pytest.mark.parametrize(
    ("text", "line", "fault"),
    [
        ('mouse = false\ntheme = "pink"\n', 2, "theme is one of dark, light, contrast, terminal"),
        ("\n\nmouse = 3\n", 3, "mouse is true or false, not 3"),
        ("a = 1\nmouse = false\n", 1, "no setting 'a', use theme, mouse"),
        ('refresh = "often"', 1, "refresh is one of auto, never"),
        ('memory = "lots"', 1, "memory is a size like \"24GB\", not 'lots'"),
        ("memory = 24", 1, 'memory is a size like "24GB", not 24'),
        ('endpoint = "ftp://x"', 1, "endpoint is an http(s) address of a Hub, not 'ftp://x'"),
        ('[lens]\nwalk = "far"', 2, "walk is one of direct, walked, not 'far'"),
        ('[keys]\na = "x"\n[lens]\n\nllm = 2', 5, "llm is true or false, not 2"),
        ("[lens]\nrelations = []", 2, "relations is a list of finetune"),
        ("[lens]\nhue = 1", 2, "no switch 'hue', use origin"),
        ("lens = 1", 1, "lens is a table, [lens], not 1"),
        (
            '[columns]\n\ntrending = ["model", "licens"]',
            3,
            "no column 'licens' in trending, use rank",
        ),
        ('[columns]\ntrending = ["model", "licens"]', 2, "did you mean license?"),
        ('[columns]\nspaces = ["likes", "downloads"]', 2, "no column 'downloads' in spaces"),
        ('[columns]\nsaved = ["id", "id"]', 2, "the column 'id' stands twice in saved"),
        ("[columns]\nfamilies = []", 2, "families names no column, use label"),
        ("[columns]\nfamilies = 3", 2, "columns are a list of names, not 3"),
        ('[columns]\ntrends = ["id"]', 2, "no columns of 'trends', use trending, datasets"),
        ('[keys]\n"row.open" = 7', 2, "a key is a word or a list of words, not 7"),
        ("mouse = \n", 1, "Invalid value, nothing of the file is used"),
        ("mouse = false\nmouse = true\n", 2, "nothing of the file is used"),
        ('theme = "\x1b[31m"', 1, "nothing of the file is used"),
    ],
)
def test_a_fault_has_its_line_and_the_default_stands(text: str, line: int, fault: str) -> None:
    config, [(place, told)] = check(text.encode())
    assert place == line
    assert fault in told
    assert config in (Config(), Config(mouse=False), Config(keys={"a": ("x",)}))


def test_a_fault_costs_no_other_setting() -> None:
    config, faults = check(b'theme = "pink"\nmouse = false\nmemory = 1\n')
    assert config == Config(mouse=False)
    assert [place for place, _ in faults] == [1, 3]


def test_what_is_no_text_is_one_fault() -> None:
    assert check(b"mouse = false\n# \xff\n") == (
        Config(),
        [(2, "it is not UTF-8, nothing of the file is used")],
    )


def test_the_first_file_explains_all_and_changes_nothing(run: Shell, tmp_path: Path) -> None:
    path = tmp_path / "home" / "config" / "config.toml"
    assert run("config", "path", "-q").out == f"{path}\n"
    assert not path.exists()
    assert run("config", "init", "-q").out == f"{path}\n"
    assert check(path.read_bytes()) == (Config(), [])
    told = run("config", "init")
    assert (told.code, told.out) == (1, "")
    assert "is there already" in told.err
    spoken = "\n".join(
        line.removeprefix("# ")
        for line in EXAMPLE.splitlines()
        if not line.startswith("# The settings")
    )
    config, faults = check(spoken.encode())
    assert faults == []
    assert set(tomllib.loads(spoken)) == set(Config._fields)
    assert config.lens == Lens()
    assert set(tomllib.loads(spoken)["lens"]) == set(Lens._fields)


def test_a_faulty_file_is_said_and_the_answer_comes(
    hub: LoopbackHub, run: Shell, folder: Path
) -> None:
    (folder / "config.toml").write_text('theme = "pink"\nmouse = false\n')
    line = f"hubscope: {folder}/config.toml line 1: theme is one of"
    told = run("search", "qwen", "-q")
    assert (told.code, len(told.err.splitlines())) == (0, 1)
    assert told.err.startswith(line)
    told = run("config", "--json")
    assert (told.code, len(told.err.splitlines())) == (2, 1)
    assert json.loads(told.out)["config"]["mouse"] is False


def test_the_endpoint_of_the_settings_is_asked(
    hub: LoopbackHub, run: Shell, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HF_ENDPOINT")
    (folder / "config.toml").write_text(f'endpoint = "{hub.url}"\n')
    told = run("show", "Qwen/Qwen3-8B", "--json")
    assert json.loads(told.out)["endpoint"] == hub.url
    assert run("show", "acme/base", HF_ENDPOINT="http://127.0.0.1:9").code == 5
