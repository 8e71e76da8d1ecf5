"""Code in colours: comments, strings, numbers and keywords of the languages that cards use.

A scanner with one pattern per family of languages: it takes time linear in the code, also where
the code is hostile, and needs no lexer to be loaded.
"""

import re
from functools import cache

from tui.model.text import clean_line
from tui.render.card.wrap import Bit

_MOST_LINES = 200
_MOST_CHARACTERS = 16_000
_TAB = 4

_PYTHON = (
    "and as assert async await break class continue def del elif else except finally for from "
    "global if import in is lambda nonlocal not or pass raise return try while with yield None "
    "True False match case self"
)
_SHELL = (
    "if then else elif fi for in do done while case esac function export return local set source "
    "sudo cd echo pip pip3 uv conda git wget curl docker python python3 npm make hf "
    "huggingface-cli vllm ollama llama-cli llama-server"
)
_C = (
    "auto break case catch class const continue default delete do else enum export extern false "
    "finally fn for from func function if impl import in int interface let loop match mod mut new "
    "null package private protected pub public return self static struct switch this throw true "
    "try type typeof undefined use using var void while async await bool float double char string"
)
_DATA = "true false null True False None yes no"

_HASH = r"#[^\n]*"
_SLASHES = r"//[^\n]*|/\*(?:[^*]|\*(?!/))*+(?:\*/|\Z)"
_LONG = r'"""(?:[^"]|"(?!""))*+(?:"""|\Z)|\'\'\'(?:[^\']|\'(?!\'\'))*+(?:\'\'\'|\Z)'
_SHORT = r'"(?:[^"\\\n]|\\.)*+"|\'(?:[^\'\\\n]|\\.)*+\''

_FAMILIES = {
    "python": (_HASH, f"{_LONG}|{_SHORT}", _PYTHON),
    "shell": (r"(?<!\S)#[^\n]*", _SHORT, _SHELL),
    "c": (_SLASHES, rf"{_SHORT}|`[^`]*+`", _C),
    "data": (r"(?<!\S)#[^\n]*", _SHORT, _DATA),
}
_LANGUAGES = {
    "python": "python", "py": "python", "python3": "python", "pycon": "python",
    "bash": "shell", "sh": "shell", "shell": "shell", "console": "shell", "zsh": "shell",
    "powershell": "shell", "dockerfile": "shell",
    "c": "c", "cpp": "c", "c++": "c", "js": "c", "javascript": "c", "ts": "c",
    "typescript": "c", "java": "c", "rust": "c", "go": "c", "swift": "c", "kotlin": "c",
    "json": "data", "yaml": "data", "yml": "data", "toml": "data", "ini": "data",
}  # fmt: skip


def code_lines(source: str, language: str) -> list[list[Bit]]:
    """The lines of a code block, in colours where its language is known and it is not too long.

    ``language`` is what follows the fence, of which the first word counts. Nothing is wrapped.
    """
    if not source:
        return []
    lines = source.expandtabs(_TAB).removesuffix("\n").split("\n")
    lines = [clean_line(line) for line in lines]
    words = re.split(r"[\s{,:]", language.lower().lstrip("{."), maxsplit=1)
    family = _LANGUAGES.get(words[0])
    if family is None or len(lines) > _MOST_LINES or len(source) > _MOST_CHARACTERS:
        return [[(line, "code", 0)] if line else [] for line in lines]
    return _coloured("\n".join(lines), family)


def _coloured(text: str, family: str) -> list[list[Bit]]:
    lines: list[list[Bit]] = [[]]
    done = 0
    for match in _scanner(family).finditer(text):
        _append(lines, text[done : match.start()], "code")
        _append(lines, match[0], f"code.{match.lastgroup}")
        done = match.end()
    _append(lines, text[done:], "code")
    return lines


def _append(lines: list[list[Bit]], text: str, role: str) -> None:
    for index, part in enumerate(text.split("\n")):
        if index:
            lines.append([])
        if part:
            lines[-1].append((part, role, 0))


@cache
def _scanner(family: str) -> re.Pattern[str]:
    comment, string, keywords = _FAMILIES[family]
    words = "|".join(re.escape(word) for word in keywords.split())
    return re.compile(
        rf"(?P<comment>{comment})|(?P<string>{string})"
        rf"|(?P<keyword>(?<![\w.-])(?:{words})(?![\w-]))|(?P<number>(?<![\w.])\d[\d_.]*(?:e[+-]?\d+)?\b)"
    )
