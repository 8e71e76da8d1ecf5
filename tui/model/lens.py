"""The lens: the one set of switches behind every family figure, as a frozen value."""

from typing import NamedTuple

ORIGIN_RULES = ("root", "lab", "uploader")
DERIVED = ("finetune", "adapter", "quantized", "merge", "unknown")
WALKS = ("direct", "walked")
CREDITS = ("multi", "fractional")
EVIDENCES = ("declared", "named")
FIRST_PARTY = ("apart", "in")


class Lens(NamedTuple):
    """Whose country, which relations, how far, how credit is split, which repos count.

    ``credit``: counts are of distinct repos (``multi``); a merge of several families counts in
    parts where ``fractional`` asks for it, and in shares. ``evidence``: what is declared, or also
    what names tell.
    """

    origin: str = "root"
    relations: tuple[str, ...] = DERIVED
    walk: str = "direct"
    credit: str = "multi"
    llm: bool = False
    first_party: str = "apart"
    evidence: str = "declared"

    def flags(self) -> list[str]:
        """The command-line words that give this lens; nothing for what is the default."""
        default = Lens()
        words: list[str] = []
        if self.origin != default.origin:
            words += ["--origin", self.origin]
        if self.relations != default.relations:
            words += ["--relations", ",".join(self.relations)]
        if self.walk != default.walk:
            words += ["--walk", self.walk]
        if self.credit != default.credit:
            words += ["--credit", self.credit]
        if self.llm:
            words.append("--llm")
        if self.first_party != default.first_party:
            words += ["--first-party", self.first_party]
        if self.evidence != default.evidence:
            words += ["--evidence", self.evidence]
        return words

    def words(self) -> str:
        """The lens in words, as it is printed beside a figure."""
        relations = "all relations" if self.relations == DERIVED else "+".join(self.relations)
        return " · ".join(
            [
                f"origin by {'nearest lab' if self.origin == 'lab' else self.origin}",
                relations,
                self.walk,
                "distinct repos" if self.credit == "multi" else "fractional credit",
                "LLM only" if self.llm else "all repos",
                f"first party {self.first_party}",
                *([] if self.evidence == EVIDENCES[0] else ["bases declared or by name ≈"]),
            ]
        )
