"""What is open about a model, item by item, as far as the Hub records it; and no verdict.

Whether a model "is open" depends on whose definition one takes; ``DEFINITIONS`` are those of the
Model Openness Framework, the Open Source Initiative and the European Open Source AI Index.
"""

from typing import NamedTuple

from tui.analysis.memory.variants import format_of
from tui.analysis.repo.licences import known
from tui.model import Detail

YES, NO, NOT_RECORDED = "yes", "no", "not recorded"

FILES_TOLD = 1000  # a repo's own page names no more of them for certain

DEFINITIONS = (
    ("Model Openness Framework", "https://isitopen.ai"),
    ("Open Source AI Definition", "https://opensource.org/ai"),
    ("European Open Source AI Index", "https://osai-index.eu"),
)


class Item(NamedTuple):
    """One question, its answer (YES, NO or NOT_RECORDED) and what the answer rests on."""

    question: str
    answer: str
    why: str


def checklist(detail: Detail, branches: int | None = None) -> tuple[Item, ...]:
    """The questions, always the same and in the same order.

    ``branches`` is how many branches the repo has, where that was asked. Absence of a tag is no
    proof that a thing is kept back: such items are "not recorded", never "no".
    """
    return (
        _weights(detail),
        _gate(detail),
        _licence(detail),
        _named("training data named", detail.datasets, "dataset tags"),
        _named("paper named", tuple(f"arXiv:{paper}" for paper in detail.papers), "arXiv tag"),
        _checkpoints(branches),
        Item("training code published", NOT_RECORDED, "the Hub has no field for it"),
    )


def _weights(detail: Detail) -> Item:
    question = "weights in the repo"
    if not detail.files:
        return Item(question, NOT_RECORDED, "no list of files")
    weights = sum(format_of(path) is not None for path in detail.files)
    least = "at least " if len(detail.files) >= FILES_TOLD else ""
    return Item(question, YES if weights else NO, f"{weights} of {least}{len(detail.files)} files")


def _gate(detail: Detail) -> Item:
    question, gate = "to be had without a form", detail.repo.gated
    if gate is None:
        return Item(question, NOT_RECORDED, "no gate field")
    return Item(question, YES if gate is False else NO, f"gated: {gate}".lower())


def _licence(detail: Detail) -> Item:
    question, key = "licence approved by the OSI", detail.repo.license
    if not key or key == "unknown":
        return Item(question, NOT_RECORDED, "no licence tag")
    licences = [known(part) for part in key.split(", ")]
    if all(licence and licence.osi for licence in licences):
        return Item(question, YES, key)
    if any(licence is None for licence in licences):
        return Item(question, NOT_RECORDED, f"{detail.license_name or key}: a licence of its own")
    return Item(question, NO, key)


def _named(question: str, values: tuple[str, ...], field: str) -> Item:
    if not values:
        return Item(question, NOT_RECORDED, f"no {field}")
    more = f" and {len(values) - 3} more" if len(values) > 3 else ""
    return Item(question, YES, ", ".join(values[:3]) + more)


def _checkpoints(branches: int | None) -> Item:
    question = "intermediate checkpoints"
    if branches is None:
        return Item(question, NOT_RECORDED, "branches were not asked for")
    if branches > 1:
        return Item(question, YES, f"{branches} branches")
    return Item(question, NOT_RECORDED, "one branch; checkpoints may lie elsewhere")
