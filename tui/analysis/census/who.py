"""Whose each numbered repo is: family, group and origins, with little work for most of them.

Nearly all uploaders stand in no table. For them family and country need no look-up, which is what
makes three million rows a matter of seconds; everybody else is asked of the registry as ever.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from tui.analysis.origins.origins import root_groups, split
from tui.analysis.registry.registry import UNKNOWN, Registry, author_of


class Whose(NamedTuple):
    """``family``: its number, 0 for none. ``group``: of credit over roots, by number."""

    family: int
    group: int
    uploader: int  # a mix
    lab: int  # the number of the lab that uploaded it, 0 where none did


class Groups:
    """Numbers for families, groups of credit, labs and mixes of countries.

    A group is a family (above 0) or an author (below 0). A mix is the weights of an origin, by
    number in ``mixes``; mix 0 is not known.
    """

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self.families = tuple(registry.families)
        self._family = {family.key: at for at, family in enumerate(self.families, 1)}
        self._country: dict[int, str] = {
            at: family.home for at, family in enumerate(self.families, 1)
        }
        self._author: dict[str, int] = {}  # authors without a number of their own
        self.labs: list[str] = [""]
        self._lab: dict[str, int] = {}
        self.mixes: list[Mapping[str, float]] = [{UNKNOWN: 1.0}]
        self._countries: dict[str, int] = {UNKNOWN: 0}
        self._mix: dict[tuple[tuple[str, float], ...], int] = {((UNKNOWN, 1.0),): 0}
        orgs = {org.lower() for family in self.families for org in family.orgs}
        moved = {author_of(alias.old).lower() for alias in registry.aliases}
        known = {org.org.lower() for org in registry.orgs_known}
        self.known = orgs | moved | known  # namespaces, in lower case, that a table names

    def whose(self, repo_id: str, author: str, number: int) -> Whose:
        """``number`` is the author's, above 0; 0 where the author has none."""
        lower = author.lower()
        if lower not in self.known:
            return Whose(0, -number if number else self._author_number(author), 0, 0)
        registry = self.registry
        family = registry.family_of(repo_id)
        uploader = self._one(registry.origin_of_author(author))
        present = author_of(registry.canonical(repo_id))
        lab = self._lab_number(present) if registry.is_lab(present) else 0
        if family:
            at = self._family[family.key]
            return Whose(at, at, uploader, lab)
        group = -number if number and present.lower() == lower else self._author_number(present)
        country = next(iter(root_groups((repo_id,), registry))).country
        if country != UNKNOWN:
            self._country[group] = country
        return Whose(0, group, uploader, lab)

    def mix(self, countries: Iterable[str]) -> int:
        """The number of the weights that ``countries`` make, one part for each."""
        weights = split(countries)
        key = tuple(sorted(weights.items()))
        number = self._mix.get(key)
        if number is None:
            number = self._mix[key] = len(self.mixes)
            self.mixes.append(dict(key))
        return number

    def _one(self, country: str) -> int:
        """The number of the weights of one country alone."""
        number = self._countries.get(country)
        if number is None:
            number = self._countries[country] = self.mix((country,))
        return number

    def mix_of_group(self, group: int) -> int:
        """The number of the weights of one group's country."""
        return self._one(self._country.get(group, UNKNOWN))

    def mix_of_groups(self, groups: Iterable[int]) -> int:
        """The number of the weights of these distinct groups' countries."""
        return self.mix(self._country.get(group, UNKNOWN) for group in groups)

    def mix_of_labs(self, labs: Sequence[int]) -> int:
        """The number of the weights of these labs' countries."""
        return self.mix(self.registry.origin_of_author(self.labs[lab]) for lab in labs)

    def _lab_number(self, author: str) -> int:
        lower = author.lower()
        number = self._lab.get(lower)
        if number is None:
            number = self._lab[lower] = len(self.labs)
            self.labs.append(author)
        return number

    def _author_number(self, author: str) -> int:
        """A group for an author who uploaded none of the rows."""
        return self._author.setdefault(author.lower(), -(2**30) - len(self._author))
