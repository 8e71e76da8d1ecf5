"""Raw HTML as tags and text for the builder.

A tokenizer of its own, since what ``html.parser`` does with unclosed tags and comments differs
between patch releases of Python, and a card's words must not depend on that. Each pattern takes
time linear in its input or is bounded. Unknown tags are text: on cards ``<think>`` is a token.
"""

import re
from html import unescape

from tui.render.card.build import KNOWN, Builder

_TAG = re.compile(
    r"""<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)
    (?P<attrs>(?:[\s/](?:[^<>"']|"[^"]{0,4000}"|'[^']{0,4000}')*+)?)>""",
    re.VERBOSE,
)
_ATTRIBUTE = re.compile(
    r"""([^\s"'<>/=]+)(?:\s*+=\s*+(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?""",
)
_SILENT = ("style", "script")


def feed(builder: Builder, html: str, offsets: list[int], line: int) -> None:
    """Give ``html`` to the builder. Its first line is number ``line`` of those in ``offsets``.

    Comments, styles and scripts are dropped where they are closed; unclosed ones are text.
    """
    done = 0
    reader = _Reader(builder, offsets, line)
    for tag in _TAG.finditer(bare := strip_silent(html)):
        reader.text(bare[done : tag.start()])
        done = tag.end()
        reader.tag(tag)
    reader.text(bare[done:])


def strip_silent(html: str) -> str:
    """``html`` without closed comments, styles and scripts, with the line ends they held."""
    html = _strip(html, "<!--", "-->")
    for name in _SILENT:
        if f"<{name}" in html.lower():
            html = _strip(html, f"<{name}", f"</{name}>")
    return html


def _strip(html: str, opener: str, closer: str) -> str:
    pieces: list[str] = []
    lowered = html.lower() if len(html.lower()) == len(html) else html
    done = 0
    while (start := lowered.find(opener, done)) >= 0:
        end = lowered.find(closer, start + len(opener) - 2)
        if end < 0:
            break
        end += len(closer)
        pieces += [html[done:start], "\n" * html.count("\n", start, end)]
        done = end
    return "".join([*pieces, html[done:]])


class _Reader:
    """Keeps the builder's place in the source while tags and text go by."""

    def __init__(self, builder: Builder, offsets: list[int], line: int) -> None:
        self._builder = builder
        self._offsets = offsets
        self._line = line

    def text(self, text: str) -> None:
        if text:
            self._place()
            self._builder.text(unescape(text))
            self._line += text.count("\n")

    def tag(self, tag: re.Match[str]) -> None:
        name = tag["name"].lower()
        if name not in KNOWN:
            self.text(tag[0])
            return
        self._place()
        if tag["end"]:
            self._builder.close(name)
        else:
            self._builder.open(name, _attributes(tag["attrs"]))
        self._line += tag[0].count("\n")

    def _place(self) -> None:
        self._builder.run.at = self._offsets[min(self._line, len(self._offsets) - 1)]


def _attributes(text: str) -> dict[str, str]:
    attributes: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(text):
        attributes.setdefault(name.lower(), unescape(double or single or bare))
    return attributes
