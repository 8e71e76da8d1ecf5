"""The user's own choices: ``config.toml`` in the config folder, and nothing where there is none.

What cannot be used is left out, with a line that names its place; the defaults stand in for it.
"""

import os
from collections.abc import Callable
from typing import Any, NamedTuple

from tui.model import BadInput, Lens, Problem, clean_line
from tui.model.lens import CREDITS, DERIVED, EVIDENCES, FIRST_PARTY, ORIGIN_RULES, WALKS

FILE = "config.toml"
REFRESH = ("auto", "never")
_LONGEST = 64 * 1024
_SLOW = 4.0  # times as long that answers are waited for on a slow line

_ONE_OF = {
    "origin": ORIGIN_RULES,
    "walk": WALKS,
    "credit": CREDITS,
    "evidence": EVIDENCES,
    "first_party": FIRST_PARTY,
}


class Config(NamedTuple):
    """What the file says; the defaults where it says nothing."""

    theme: str | None = None
    mouse: bool = True
    refresh: str = "auto"  # one of REFRESH
    endpoint: str | None = None  # HF_ENDPOINT comes first
    memory: int | None = None  # bytes that a model may take, whatever this machine has
    slow_line: bool | None = None  # None: measured over SSH
    ascii: bool | None = None  # None: as the locale has it
    lens: Lens = Lens()  # what the app begins with
    keys: dict[str, tuple[str, ...]] = {}  # noqa: RUF012 - a named tuple's default, never changed
    columns: dict[str, tuple[str, ...]] = {}  # noqa: RUF012 - as above; by view, left to right

    @property
    def patience(self) -> float:
        """How many times as long as usual answers are waited for."""
        return _SLOW if self.slow_line else 1.0


def folder() -> str:
    """Where the file is looked for."""
    from tui.store.paths import home

    return home(os.environ).config


def begin(folder: str) -> None:
    """Write a first file, all of it comments. Raises Problem where one is there or cannot be."""
    from tui.store.paths import make_folder

    path = os.path.join(folder, FILE)
    try:
        make_folder(folder)
        with open(path, "x", encoding="utf-8") as file:
            file.write(EXAMPLE)
    except FileExistsError:
        raise Problem(f"{path} is there already; edit it, `hubscope config` shows it") from None
    except OSError as error:
        raise Problem(f"{path}: {error.strerror}; nothing was written") from None


def read(folder: str) -> tuple[Config, list[str]]:
    """The user's choices, and a line for each that cannot be used."""
    path = os.path.join(folder, FILE)
    try:
        with open(path, "rb") as file:
            body = file.read(_LONGEST)
    except OSError:
        return Config(), []
    config, faults = check(body)
    return config, [f"{path} line {place}: {fault}; mend it" for place, fault in faults]


def check(body: bytes) -> tuple[Config, list[tuple[int, str]]]:
    """The choices in a file's bytes, and its faults: the line's number, what is wrong with it."""
    import re
    import tomllib

    try:
        text = body.decode()
        table = tomllib.loads(text)
    except UnicodeDecodeError as error:
        place = body.count(b"\n", 0, error.start) + 1
        return Config(), [(place, "it is not UTF-8, nothing of the file is used")]
    except tomllib.TOMLDecodeError as error:
        matched = re.search(r"\(at line (\d+)", str(error))
        place = int(matched[1]) if matched else text.count("\n") + 1
        why = clean_line(str(error).partition(" (at ")[0])
        return Config(), [(place, f"{why}, nothing of the file is used")]
    config, faults = Config(), []
    for name, value in table.items():
        try:
            config = config._replace(**{name: _checked(name, value)})
        except _Fault as fault:
            faults.append((_line(text, name, fault.inner), str(fault)))
    return config, faults


class _Fault(Exception):
    """What is wrong with a setting; ``inner`` is the name in its table, where it is one."""

    def __init__(self, text: str, inner: str | None = None) -> None:
        super().__init__(clean_line(text))
        self.inner = inner


def _checked(name: str, value: Any) -> Any:
    if name in ("mouse", "slow_line", "ascii"):
        if not isinstance(value, bool):
            raise _Fault(f"{name} is true or false, not {value!r}")
        return value
    check = _CHECKS.get(name)
    if check is None:
        raise _Fault(f"no setting {name!r}, use {', '.join(Config._fields)}")
    return check(value)


def _theme(value: Any) -> str:
    from tui.themes import PALETTES

    return _choice("theme", value, tuple(PALETTES))


def _refresh(value: Any) -> str:
    return _choice("refresh", value, REFRESH)


def _choice(name: str, value: Any, choices: tuple[str, ...], inner: str | None = None) -> str:
    if value not in choices:
        raise _Fault(f"{name} is one of {', '.join(choices)}, not {value!r}", inner)
    return str(value)


def _endpoint(value: Any) -> str:
    from tui.hub.token import endpoint

    try:
        return endpoint({"HF_ENDPOINT": value if isinstance(value, str) else "no text"})
    except BadInput:
        raise _Fault(f"endpoint is an http(s) address of a Hub, not {value!r}") from None


def _memory(value: Any) -> int:
    from tui.analysis.memory.machine import size

    amount = size(value) if isinstance(value, str) else None
    if amount is None:
        raise _Fault(f'memory is a size like "24GB", not {value!r}')
    return amount


def _lens(value: Any) -> Lens:
    lens = Lens()
    for name, choice in _table("lens", value).items():
        if name in _ONE_OF:
            choice = _choice(name, choice, _ONE_OF[name], name)
        elif name == "llm":
            if not isinstance(choice, bool):
                raise _Fault(f"llm is true or false, not {choice!r}", name)
        elif name == "relations":
            if (
                not isinstance(choice, list)
                or not choice
                or not set(map(str, choice)) <= set(DERIVED)
            ):
                raise _Fault(f"relations is a list of {', '.join(DERIVED)}, not {choice!r}", name)
            choice = tuple(relation for relation in DERIVED if relation in choice)
        else:
            raise _Fault(f"no switch {name!r}, use {', '.join(Lens._fields)}", name)
        lens = lens._replace(**{name: choice})
    return lens


def _keys(value: Any) -> dict[str, tuple[str, ...]]:
    return {name: _pressed(name, keys) for name, keys in _table("keys", value).items()}


def _columns(value: Any) -> dict[str, tuple[str, ...]]:
    from tui.render.columns import catalogues, fault

    views, chosen = catalogues(), {}
    for view, names in _table("columns", value).items():
        if view not in views:
            raise _Fault(f"no columns of {view!r}, use {', '.join(views)}", view)
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise _Fault(f"columns are a list of names, not {names!r}", view)
        if wrong := fault(views[view], names):
            raise _Fault(wrong, view)
        chosen[view] = views[view].known(names)
    return chosen


def _pressed(name: str, value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list) and all(isinstance(key, str) for key in value):
        return tuple(value)
    raise _Fault(f"a key is a word or a list of words, not {value!r}", name)


def _table(name: str, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _Fault(f"{name} is a table, [{name}], not {value!r}")
    return value


_CHECKS: dict[str, Callable[[Any], Any]] = {
    "theme": _theme,
    "refresh": _refresh,
    "endpoint": _endpoint,
    "memory": _memory,
    "lens": _lens,
    "keys": _keys,
    "columns": _columns,
}


def _line(text: str, name: str, inner: str | None) -> int:
    """The number of the line on which a setting stands; that of its table where it is not found."""
    import re

    lines = text.split("\n")
    quoted = rf"""["']?{re.escape(name)}["']?"""
    opens = re.compile(rf"\s*(?:\[\s*{quoted}\s*\]|{quoted}\s*[=.])")
    first = next((place for place, line in enumerate(lines) if opens.match(line)), 0)
    if inner is None:
        return first + 1
    sets = re.compile(rf"""(?:.*[\s.{{,])?["']?{re.escape(inner)}["']?\s*=""")
    return next((at for at in range(first, len(lines)) if sets.match(lines[at])), first) + 1


EXAMPLE = """\
# The settings of hubscope. A line with # says nothing; take the # away to change a setting.

# theme = "dark"           # dark, light, contrast, terminal
# mouse = true             # false leaves the mouse to the terminal
# refresh = "auto"         # never: show what is stored, ask the Hub by key only
# endpoint = "https://huggingface.co"    # HF_ENDPOINT in the environment comes first
# memory = "24GB"          # what a model may take; without it this machine is asked
# slow_line = true         # 16 colours, no preview until asked, half pages, four times the patience
#                          # false: never; without it, over SSH where the terminal answers late
# ascii = true             # false: never; without it, where the locale is not UTF-8

# [lens]                   # what the app's family figures begin with; in the shell flags say it
# origin = "root"          # root, lab, uploader
# relations = ["finetune", "adapter", "quantized", "merge", "unknown"]
# walk = "direct"          # direct, walked
# credit = "multi"         # multi, fractional
# evidence = "declared"    # declared, named
# llm = false              # true: language models only
# first_party = "apart"    # apart, in

# [keys]                   # a command's name, and its keys; `?` in the app lists the commands
# "row.open" = ["enter", "l"]

# [columns]                # from left to right; what has no room is left out; C in the app chooses
# trending = ["rank", "move", "model", "from", "task", "downloads", "likes", "age"]
#                          # also params, license, score, author, family, library, gated, created,
#                          # modified
# datasets = ["rank", "move", "dataset", "from", "task", "downloads", "likes", "age"]
# spaces = ["rank", "move", "space", "from", "sdk", "likes", "age"]
# families = ["family", "home", "repos", "downloads_30d", "share", "derivatives", "growth"]
# saved = ["shelf", "since", "id", "note", "size", "kind", "changed", "downloads", "age"]
"""
