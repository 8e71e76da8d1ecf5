"""Who is who: the table of model families, of organisations and of ids that moved.

The tables are data (``data/families.csv``, ``orgs.csv``, ``aliases.csv``, ``names.csv``). A row
names its sources by letter: A the ATOM project's table of organisations, I the Interconnects
ranking of Chinese builders (Aug 2025), H blogs of Hugging Face, D a page or document of the Hub, R
evaleval's registry of evaluation cards, S the HF list of spring 2026, B a list of the most
downloaded entities (Oct 2025), L Laufer et al., arXiv 2508.06811, C checked by count against
ATOM's list of models, G general knowledge. A row that rests on G alone is marked ``doubtful``.
The columns ``since``, ``modalities`` and ``note`` are G unless they name another letter.

Countries are ISO 3166 codes of the company's seat, a convention. ``ZZ`` is an organisation
without one country; ``??`` is an author the table does not know.
"""

import re
from collections.abc import Iterable

from tui.analysis.registry import csv_rows, rows
from tui.analysis.registry.rows import UNKNOWN, Alias, Family, Names, Org, author_of
from tui.model import BadInput

__all__ = ["LABS", "UNKNOWN", "VINTAGE", "Alias", "Family", "Org", "Registry", "author_of", "load"]

VINTAGE = "2026-11"
LABS = ("lab", "company")


class Registry:
    """The tables, ready for questions. Ids and authors compare without regard to case."""

    __slots__ = (
        "_by_author",
        "_compiled",
        "_mirrors",
        "_moved",
        "_moved_heads",
        "_named",
        "_orgs",
        "aliases",
        "families",
        "names",
        "version",
    )

    def __init__(
        self,
        families: Iterable[Family],
        orgs: Iterable[Org],
        aliases: Iterable[Alias] = (),
        version: str = VINTAGE,
        names: Iterable[Names] = (),
    ) -> None:
        self.families = tuple(families)
        self.names = tuple(names)
        self.aliases = tuple(aliases)
        self.version = version
        self._orgs = {org.org.lower(): org for org in orgs}
        self._compiled: dict[str, re.Pattern[str]] = {}
        self._by_author: dict[str, list[Family]] = {}
        for family in self.families:
            for name in family.orgs:
                self._by_author.setdefault(name.lower(), []).append(family)
        self._moved: dict[str, str] = {}
        self._moved_heads: dict[str, list[Alias]] = {}
        self._mirrors = {a.old.lower(): a.new for a in self.aliases if a.kind == "mirror"}
        for alias in self.aliases:
            if alias.kind == "rename":
                self._add_rename(alias)
        self._named: dict[str, Family | None] | None = None

    def _add_rename(self, alias: Alias) -> None:
        if alias.old.endswith(("/", "-")):
            self._moved_heads.setdefault(author_of(alias.old).lower(), []).append(alias)
        else:
            self._moved[alias.old.lower()] = alias.new

    def _family_named(self, name: str) -> Family | None:
        """The one family that ``name`` stands for; None where there is none, or are two."""
        if self._named is None:
            self._named = self._names()
        return self._named.get(_plain(name))

    def _names(self) -> dict[str, Family | None]:
        named: dict[str, Family | None] = {}
        for tier in range(3):  # a key outranks a label, a label a company
            fresh: dict[str, Family | None] = {}
            for family in self.families:
                for name in {_plain(name) for name in _names(family)[tier]}:
                    fresh[name] = None if name in fresh else family
            named = fresh | named
        named.pop("", None)
        return named

    @property
    def orgs_known(self) -> tuple[Org, ...]:
        """Every organisation of the table."""
        return tuple(self._orgs.values())

    def org(self, author: str | None) -> Org | None:
        """The organisation behind a namespace, None where the table does not know it."""
        return self._orgs.get((author or "").lower())

    def origin_of_author(self, author: str | None) -> str:
        """The country of a namespace, ``??`` where the table does not know it."""
        org = self._orgs.get((author or "").lower())
        return org.country if org else UNKNOWN

    def is_lab(self, author: str | None) -> bool:
        """Say whether a namespace is a lab or company that does more than repackage."""
        org = self._orgs.get((author or "").lower())
        return org is not None and org.kind in LABS and not org.repackages

    def orgs(self, family: Family) -> frozenset[str]:
        """The namespaces of a family, in lower case."""
        return frozenset(name.lower() for name in family.orgs)

    def canonical(self, repo_id: str) -> str:
        """The present id of a repo that the table knows to have moved; else the id as it is."""
        lower = repo_id.lower()
        if lower in self._moved:
            return self._moved[lower]
        for alias in self._moved_heads.get(author_of(lower), ()):
            if lower.startswith(alias.old.lower()):
                return alias.new + repo_id[len(alias.old) :]
        return repo_id

    def former_ids(self, repo_id: str) -> tuple[str, ...]:
        """The older ids of a repo, under which the tags of its children may still name it."""
        lower = repo_id.lower()
        former = []
        for alias in self.aliases:
            head = alias.new.lower()
            if alias.kind != "rename":
                continue
            if alias.old.endswith(("/", "-")):
                if lower.startswith(head):
                    former.append(alias.old + repo_id[len(head) :])
            elif lower == head:
                former.append(alias.old)
        return tuple(former)

    def mirror_of(self, repo_id: str) -> str | None:
        """The repo that ``repo_id`` is known to be a copy of, None where nothing is known."""
        return self._mirrors.get(repo_id.lower())

    def family_of(self, repo_id: str) -> Family | None:
        """The family that a repo belongs to by its own id: the first row that fits, or None."""
        repo_id = self.canonical(repo_id)
        for family in self._by_author.get(author_of(repo_id).lower(), ()):
            if self._fits(family.pattern, repo_id):
                return family
        return None

    def owns(self, family: Family, repo_id: str) -> bool:
        """Say whether a repo is one of the family's own, or of its line when it has a part."""
        owner = self.family_of(repo_id)
        if owner is None or owner.key != family.key.partition(":")[0]:
            return False
        name = self.canonical(repo_id).rpartition("/")[2]
        return not family.part or self._fits(_part_pattern(family.part), name, anywhere=True)

    def rule(self, family: Family) -> str:
        """Which repos ``owns`` counts as the family's own, as every figure of it prints it."""
        words = f"repos by {' or '.join(family.orgs)} whose id matches {family.pattern}"
        return f"{words} and whose name holds “{family.part}”" if family.part else words

    def find(self, name: str) -> Family | None:
        """The family or line that a person means by ``name``; None where no row fits.

        A key, label, other name, company or namespace that belongs to one family gives the
        family. Else a repo id or the beginning of a repo name gives a line: the family that
        would own such a repo, narrowed to the repos whose name holds the words at a word's edge
        (``Qwen3-Omni`` fits Qwen3-Omni-30B, ``Qwen3`` does not fit Qwen3.5-9B).
        """
        known = self._family_named(name)
        if known:
            return known
        key, colon, part = name.partition(":")
        family = self._family_named(key) if colon else None
        if family is None:
            family, part = self._owner_of_line(name.strip())
        if family is None or not part.strip(" -_./:"):
            return None
        part = part.strip()
        return family._replace(key=f"{family.key}:{part.lower()}", label=part, part=part)

    def require(self, name: str) -> Family:
        """``find(name)``. Raises BadInput, naming families that come near, where it finds none."""
        family = self.find(name)
        if family is None:
            words = _plain(name)
            near = [f.key for f in self.families if any(words in _plain(n) for n in _all_names(f))]
            listed = "`hubscope families --registry` lists all"
            hint = f"near: {', '.join(near)}" if words and near else listed
            raise BadInput(f"{name!r} names no single family; {hint}")
        return family

    def _owner_of_line(self, name: str) -> tuple[Family | None, str]:
        if "/" in name:
            return self.family_of(name), name.rpartition("/")[2]
        words = re.sub(r"\s+", "-", name)
        for family in self.families:
            for org in family.orgs:
                takes_all = self._fits(family.pattern, f"{org}/")
                if not takes_all and self._fits(family.pattern, f"{org}/{words}"):
                    return family, words
        return None, ""

    def _fits(self, pattern: str, text: str, anywhere: bool = False) -> bool:
        compiled = self._compiled.get(pattern)
        if compiled is None:
            compiled = self._compiled[pattern] = re.compile(pattern, re.IGNORECASE)
        return (compiled.search(text) if anywhere else compiled.match(text)) is not None


def _names(family: Family) -> tuple[tuple[str, ...], ...]:
    labels = (family.label, *family.label.split(" / "), *family.aka)
    return ((family.key,), labels, (family.company, *family.orgs))


def _all_names(family: Family) -> tuple[str, ...]:
    return tuple(name for names in _names(family) for name in names)


def _plain(name: str) -> str:
    return re.sub(r"[\s_-]+", " ", name).strip().lower()


def _part_pattern(part: str) -> str:
    """Words at a word's edge: a digit at the end is the end of the number, a letter of the word."""
    words = "[-_ ]?".join(re.escape(word) for word in re.split(r"[-_\s]+", part) if word)
    end = r"(?!\d|\.\d)" if part[-1].isdigit() else r"(?![a-z])"
    return rf"(?<![a-z0-9.]){words}{end}"


def load(user_families: str | None = None, user_orgs: str | None = None) -> Registry:
    """The packaged tables, with the rows of the user's own CSV files before and above them.

    The user's columns are those of the packaged tables. A row for a known key or org replaces
    what it names and keeps the rest; a new family needs ``orgs`` and ``pattern``, a new org needs
    ``country``. The number of own rows stands in ``version``. Raises BadInput for a row that
    cannot be read.
    """
    family_rows, org_rows = csv_rows.packaged("families"), csv_rows.packaged("orgs")
    own_families = csv_rows.own(user_families, "families", family_rows[0].keys(), "key")
    own_orgs = csv_rows.own(user_orgs, "orgs", org_rows[0].keys(), "org")
    families = {row["key"]: row for row in family_rows}
    orgs = {row["org"].lower(): row for row in org_rows}
    own_note = {"source": "own", "mark": "", "note": ""}
    for row in own_orgs:
        key = row["org"].lower()
        orgs[key] = orgs.get(key, {}) | own_note | row
    ours = []
    for row in own_families:
        key = row["key"].lower()
        ours.append(rows.checked(families.pop(key, {}) | own_note | row | {"key": key}))
    count = len(own_families) + len(own_orgs)
    return Registry(
        [rows.family(row) for row in (*ours, *families.values())],
        [rows.org(row) for row in orgs.values()],
        [Alias(**row) for row in csv_rows.packaged("aliases")],
        VINTAGE if not count else f"{VINTAGE} + own {count} row{'s' if count > 1 else ''}",
        [rows.names(row) for row in csv_rows.packaged("names")],
    )
