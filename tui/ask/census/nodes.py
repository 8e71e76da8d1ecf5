"""What is known of each row of a census, and of each base without one, in arrays by number."""

from array import array
from operator import neg

from tui.analysis.census.built import NO, UNSURE, YES
from tui.analysis.census.months import Months
from tui.analysis.census.who import Groups
from tui.analysis.families.subject import is_llm_named
from tui.analysis.registry.registry import author_of
from tui.store.census.making import Draft

_LLM = {False: NO, True: YES, None: UNSURE}


class Nodes:
    """By a node's number less one: ``rows`` rows first, ghosts behind. ``month`` is of rows alone.

    ``labs`` are (node, lab) of what a lab uploaded.
    """

    def __init__(self, draft: Draft, groups: Groups) -> None:
        self.family, self.uploader = array("H"), array("H")
        self.author, self.group = array("i"), array("i")
        self.llm, self.month = array("b"), array("i")
        self.labs: list[tuple[int, int]] = []
        self.months = Months()
        self._take_rows(draft, groups)
        self.rows = len(self.author)
        self._take_ghosts(draft, groups)

    def __len__(self) -> int:
        """All nodes."""
        return len(self.author)

    def _take_rows(self, draft: Draft, groups: Groups) -> None:
        """Nearly all authors stand in no table: what is so of all their rows is written at once."""
        known, words = draft.authors_of(groups.known), draft.words()
        llm, month = self.llm, self.months.of
        for authors, names, tasks, created in draft.columns():
            first = len(self.author)
            nothing = bytes(2 * len(authors))
            self.author.extend(authors)
            self.group.extend(map(neg, authors))
            self.family.frombytes(nothing)
            self.uploader.frombytes(nothing)
            texts = map(words.get, tasks)
            llm.extend([_LLM[is_llm_named(name, task)] for name, task in zip(names, texts)])
            self.month.extend(map(month, created))
            for at, (number, name) in enumerate(zip(authors, names), first):
                if number in known:
                    author = known[number]
                    repo_id = f"{author}/{name}" if author else name
                    self._place(groups, at, repo_id, author, number)

    def _take_ghosts(self, draft: Draft, groups: Groups) -> None:
        for repo_id, number in draft.ghosts():
            at = len(self.author)
            self.author.append(number)
            self.group.append(0)
            self.family.append(0)
            self.uploader.append(0)
            self.llm.append(_LLM[is_llm_named(repo_id.rpartition("/")[2], None)])
            self._place(groups, at, repo_id, author_of(repo_id), number)

    def _place(self, groups: Groups, at: int, repo_id: str, author: str, number: int) -> None:
        whose = groups.whose(repo_id, author, number)
        self.family[at], self.group[at] = whose.family, whose.group
        self.uploader[at] = whose.uploader
        if whose.lab:
            self.labs.append((at, whose.lab))
