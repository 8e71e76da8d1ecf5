"""Which family a repo's name holds, where nothing that it declares leads to one.

This is the evidence ``named``, and its rule is worded here, once, in RULE. It places a repo that
declares nothing, and a chain that ends in a base nobody can look up or in a copy by somebody who
repackages. Where a declared base leads to a family it is not applied; what it places is marked.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from tui.analysis.registry.registry import Registry
from tui.model import late

RULE = (
    "by name: a repo that declares nothing, or whose chain ends in a base of no family, is placed"
    " in the family whose name (one of the table of names, or a well known root) its own name"
    " holds at a word's edge; the longest counts, and two families place it in none"
)
# Names that hold a family's word and mean something else: tools, models made from nothing, and
# what is only made in the manner of another, or taught by it.
_FRIENDS = late.pattern(
    r"(?<![a-z0-9])(?:"
    r"(?:open|amd|mini|nano|micro|baby|toy)[-_. ]?(?:llama|gpt-?2|bert|qwen|mistral|gemma)"
    r"|(?:whisper|qwen|gemma|bert|clip|bark|flux|gpt-?2|mistral)[-_.]?cpp"
    r"|[a-z0-9.]+[-_](?:fixed[-_])?chat[-_]templates?"
    r"|llama[-_.]?(?:cpp|factory|index|box|file|stack|swap|server|(?:160|101|68|43)m)"
    r"|[a-z0-9.]+[-_. ](?:style|like|inspired|format|template|compatible|tokenizers?|arch"
    r"|architecture)(?![a-z])"
    r"|(?:distill?(?:ed|ation)?[-_. ])?(?:from|vs|versus|beats|than)[-_. ][a-z]+[0-9.]*"
    r")(?![a-z])"
)
_NO_HEIR = late.pattern(r"(?<![a-z])(?:random|from[-_ ]?scratch|scratch)(?![a-z])")
_PACKED = late.pattern(
    r"(?<![a-z])(gguf|awq|gptq|mlx|exl[23]|bnb|int[48]|fp8|nvfp4|mxfp4|[48]-?bit|i?q\d_|imatrix"
    r"|onnx|ct2|openvino|hqq|quantized)(?![a-z])"
)
_ADAPTER = late.pattern(r"(?<![a-z])(q?lora|dora|adapter|peft)s?(?![a-z])")
_MERGE = late.pattern(r"(?<![a-z])(merged?|slerp|ties|dare|model_stock|franken[a-z]*)(?![a-z])")
_COPY = late.pattern(
    r"(?:[-_.](?:i1|gguf|awq|gptq|mlx|exl[23]|bnb|unsloth|int[48]|fp8|fp16|bf16|nvfp4|mxfp4|hf"
    r"|[234568]\.?\d*-?bit|[2-8]\.\d+bpw|i?q\d[a-z0-9_]*|imat(?:rix)?|onnx|ct2|openvino|hqq"
    r"|quantized|dynamic|gs\d+))+$"
)


class Named(NamedTuple):
    """The family that a repo's name holds; ``word`` is the part of the name that holds it."""

    key: str  # of a family, or of a line that stands in the table of names alone
    label: str
    home: str  # country
    word: str

    def words(self, repo_id: str) -> str:
        """The rule in words, as it applies to ``repo_id``."""
        return f"{repo_id.rpartition('/')[2]} holds “{self.word}”, a name of {self.label}"


class _Names:
    """The names of a registry's families as compiled patterns, all in one and each alone."""

    __slots__ = ("_any", "_each", "place")

    def __init__(self, registry: Registry) -> None:
        patterns = list(_told(registry))
        self._each = [(named, re.compile(_bounded(pattern))) for named, pattern in patterns]
        self._any = re.compile(_bounded("|".join(pattern for _, pattern in patterns) or r"(?!)"))
        self.place = lru_cache(maxsize=65536)(self._look)

    def _look(self, name: str) -> Named | None:
        lower = name.lower()
        if self._any.search(lower) is None or _NO_HEIR.search(lower):
            return None
        lower = _FRIENDS.sub(lambda match: "#" * len(match[0]), lower)
        families: dict[str, Named] = {}
        start = self._any.search(lower)
        while start is not None:
            longest = max(
                (match.end(), at)
                for at, (_, pattern) in enumerate(self._each)
                if (match := pattern.match(lower, start.start()))
            )
            end, named = longest[0], self._each[longest[1]][0]
            families.setdefault(named.key, named._replace(word=name[start.start() : end]))
            start = self._any.search(lower, end)
        return families.popitem()[1] if len(families) == 1 else None


def _told(registry: Registry) -> Iterator[tuple[Named, str]]:
    """Each family and line with its pattern: the names of its roots, then its own words."""
    names = {row.key: row for row in registry.names}
    for family in registry.families:
        row = names.pop(family.key, None)
        pattern = _pattern(family.roots, row.words if row else "")
        if pattern:
            yield Named(family.key, family.label, family.home, ""), pattern
    for line in names.values():
        if line.label:
            yield Named(line.key, line.label, line.home, ""), _pattern(line.roots, line.words)


@lru_cache(maxsize=4)
def _names_of(registry: Registry) -> _Names:
    return _Names(registry)


def place(repo_id: str, registry: Registry) -> Named | None:
    """The family that a repo's name holds by RULE; None where it holds none, or two."""
    return _names_of(registry).place(repo_id.rpartition("/")[2])


def relation(repo_id: str) -> str:
    """The relation that a name suggests: finetune, as the Hub takes it, where no word does."""
    name = repo_id.rpartition("/")[2].lower()
    for pattern, kind in ((_PACKED, "quantized"), (_ADAPTER, "adapter"), (_MERGE, "merge")):
        if pattern.search(name):
            return kind
    return "finetune"


def copied(repo_id: str) -> tuple[str, ...]:
    """The names that a repackaged repo may have copied, in lower case: none for no such name.

    ``X-GGUF`` is a copy of ``X``, and ``Owner_X-GGUF`` of ``Owner/X`` too.
    """
    name = repo_id.rpartition("/")[2].lower()
    bare = _COPY.sub("", name)
    if bare == name or not bare:
        return ()
    owner, under, rest = bare.partition("_")
    return (bare, f"{owner}/{rest}") if under and rest else (bare,)


def _pattern(roots: Iterable[str], words: str) -> str:
    names = {root.rpartition("/")[2].lower() for root in roots}
    longest = sorted(map(re.escape, names), key=len, reverse=True)
    return "|".join([*longest, *([words] if words else [])])


def _bounded(pattern: str) -> str:
    """The pattern at word edges.

    No letter or digit stands before it, no letter behind it, and no digit behind a digit.
    """
    return rf"(?<![a-z0-9])(?:{pattern})(?![a-z])(?!(?<=\d)\d)"
