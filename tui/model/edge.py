"""One declared step of lineage."""

from typing import NamedTuple


class Edge(NamedTuple):
    """``child`` names ``parent`` as its base. ``guessed``: read from the name, not declared."""

    child: str
    parent: str
    relation: str  # finetune, adapter, quantized, merge or unknown
    guessed: bool = False
