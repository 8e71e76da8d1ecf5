"""The licence and the openness of a model in plain words."""

from typing import TYPE_CHECKING

from tui.analysis.repo.licences import known
from tui.analysis.repo.stricter import keys
from tui.model import Detail

if TYPE_CHECKING:
    from tui.analysis.repo.openness import Item

NOT_RECORDED = "not recorded"


def words(detail: Detail) -> str:
    """What the licence is called and what it asks for; a licence of its own with name and link."""
    key = detail.repo.license
    if not key or key == "unknown":
        return NOT_RECORDED
    parts = keys(key)
    terms = " · ".join(_one(part, detail) for part in parts)
    return f"{len(parts)} licences: {terms}" if len(parts) > 1 else terms


def checklist(items: "tuple[Item, ...]") -> list[tuple[str, str]]:
    """The openness items as labelled text, each with what its answer rests on."""
    return [(item.question, f"{item.answer} ({item.why})") for item in items]


def _one(key: str, detail: Detail) -> str:
    licence = known(key)
    if licence:
        return f"{licence.name}: {licence.terms}"
    named = detail.license_name or (None if key == "other" else key)
    own = f"{named}, a licence of its own; read its text" if named else "a licence of its own"
    return f"{own} · {detail.license_link}" if detail.license_link else own
