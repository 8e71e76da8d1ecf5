"""Rows at hand, ready to be narrowed at each key: their names, packed, and facts as asked for.

A row is what finds it again: its id. Rows stand in one order, so that the first ones that fit are
the first ones to show. What a field looks at is read of all rows when it is first asked for, and
held as one column; whole repos are read for what is shown.
"""

from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple, cast

from tui.analysis.origins.origins import label, weights
from tui.analysis.query import fits, terms
from tui.analysis.query.order import arranged, values
from tui.analysis.query.query_line import predicates
from tui.analysis.query.terms import Context
from tui.analysis.registry.registry import Registry
from tui.model import Query, Repo, Row
from tui.model.packing import pack, unpack
from tui.model.query import loosely

Reader = Callable[[Sequence[str]], Sequence[Repo | None]]
"""Reads repos by their ids, None for one that is no longer there."""

_LEAF = 2000  # names packed together
_JOINED = 100  # names joined while they come: thousands of small texts leave holes in memory
_READ = 500  # rows read at once
_REPOS = 600  # repos held of those that were shown
_END, _TITLE = "\0", "\n"  # behind a row's name, before its title
_TOGETHER = (  # facts that are asked for together
    {"params", "dtypes", "gguf", "quantization", "library", "tags"},
    {"base_models", "tags"},
)


class Entry(NamedTuple):
    """A row as it comes to the shelf: the values that it is ordered by, its facts if at hand.

    ``among`` is its place among rows of equal values.
    """

    id: str
    title: str | None
    keys: Sequence[Any]
    among: int
    repo: Repo | None = None


class Unread(Exception):
    """A question looks at facts that were not read yet: ``learn`` reads them."""

    def __init__(self, names: frozenset[str]) -> None:
        super().__init__(f"not read: {', '.join(sorted(names))}")
        self.names = names


class Unordered(Exception):
    """A question wants the rows in other orders than the shelf has."""

    def __init__(self, orders: tuple[str, ...]) -> None:
        super().__init__(f"not in the order of {', '.join(orders)}")
        self.orders = orders


class Shelf:
    """Rows of one kind in an order. ``read`` reads those that came without their facts."""

    def __init__(
        self,
        kind: str,
        entries: Iterable[Entry] = (),
        orders: Sequence[str] = ("trending",),
        read: Reader = lambda ids: [None for _ in ids],
    ) -> None:
        self.kind, self.orders, self._read = kind, tuple(orders), read
        self._columns: dict[str, _Column] = {}
        self._repos: OrderedDict[int, Repo] = OrderedDict()  # read lately
        self._open: tuple[int, list[str]] = (-1, [])  # the leaf unpacked last, as it is written
        self._take(entries)

    def _take(self, entries: Iterable[Entry]) -> None:
        columns: list[list[Any]] = [[] for _ in self.orders]
        among, held = array("I"), dict[int, Repo]()
        texts: list[str] = []  # of some names each, as they came
        names: list[str] = []
        for at, entry in enumerate(entries):
            names.append(f"{entry.id}{_TITLE}{entry.title}" if entry.title else entry.id)
            if len(names) == _JOINED:
                texts.append(_END.join(names))
                names.clear()
            among.append(entry.among)
            for column, value in zip(columns, entry.keys, strict=True):
                column.append(value)
            if entry.repo is not None:
                held[at] = entry.repo
        texts.append(_END.join(names))
        self.total = len(among)
        equal = sorted(range(self.total), key=among.__getitem__)
        places = array("I", arranged(equal, columns, self.orders))
        self._held = {at: held[place] for at, place in enumerate(places) if place in held}
        self._leaves = [
            pack(_END.join(_picked(texts, places[start : start + _LEAF])))
            for start in range(0, self.total, _LEAF)
        ]

    @property
    def rows(self) -> "Iterable[Repo]":
        """All rows, as far as their facts were read; else going through them raises Unread."""
        return _Rows(self)

    def select(
        self,
        query: Query,
        registry: Registry,
        now: float,
        most: int,
        known: fits.Known = fits.NOTHING,
    ) -> list[Repo]:
        """The first ``most`` rows that satisfy ``query``, in its order.

        Raises BadInput as ``terms`` do, Unread where facts have to be learnt first, Unordered
        where the shelf is in another order.
        """
        if query.kind != self.kind:
            return []
        if query.orders != self.orders:
            raise Unordered(query.orders)
        context = Context(registry, now, None, known, terms.tokens(query.terms))
        asked = list(predicates(query, context))
        matching = self._named(query.words)
        if asked:
            matching = (at for at in matching if _satisfies(self._facts(at), asked))
        return self._whole(list(islice(matching, most)))

    def learn(self, names: Iterable[str]) -> None:
        """Read these facts of all rows that came without."""
        columns = {name: _Column() for name in names if name not in self._columns}
        for start in range(0, self.total, _READ):
            ids = [self._id(at) for at in range(start, min(start + _READ, self.total))]
            missing = [repo_id for at, repo_id in enumerate(ids, start) if at not in self._held]
            read = dict(zip(missing, self._read(missing), strict=True))
            for at, repo_id in enumerate(ids, start):
                repo = self._held.get(at) or read.get(repo_id) or Repo(repo_id, kind=self.kind)
                for name, column in columns.items():
                    column.put(getattr(repo, name))
        for column in columns.values():
            column.close()
        self._columns.update(columns)

    def fact(self, at: int, name: str) -> Any:
        """A fact of the row at a place. Raises Unread where it was not read."""
        if (repo := self._held.get(at)) is not None:
            return getattr(repo, name)
        if name == "id":
            return self._id(at)
        if name == "kind":
            return self.kind
        column = self._columns.get(name)
        if column is None:
            together = {name}.union(*(some for some in _TOGETHER if name in some))
            raise Unread(frozenset(together))
        return column.of(at)

    def _facts(self, at: int) -> Repo:
        return self._held.get(at) or cast(Repo, _Facts(self, at))

    def _named(self, words: Sequence[str]) -> Iterator[int]:
        """The places of the rows whose names hold all words."""
        if not words:
            yield from range(self.total)
            return
        parts = sorted(loosely(words), key=len, reverse=True)  # the rarest first, it is hoped
        if any(_END in part for part in parts):
            return
        for leaf, packed in enumerate(self._leaves):
            text = unpack(packed).lower().replace("_", "-")
            if all(part in text for part in parts):
                yield from (leaf * _LEAF + at for at in _lines(text, parts))

    def _id(self, at: int) -> str:
        leaf, offset = divmod(at, _LEAF)
        if self._open[0] != leaf:
            self._open = leaf, unpack(self._leaves[leaf]).split(_END)
        return self._open[1][offset].partition(_TITLE)[0]

    def _whole(self, places: Sequence[int]) -> list[Repo]:
        """The repos at these places; what is gone from the store is left out."""
        ids = {at: self._id(at) for at in places if at not in self._held}
        missing = [at for at in ids if at not in self._repos]
        for at, repo in zip(missing, self._read([ids[at] for at in missing]), strict=True):
            if repo is not None:
                self._repos[at] = repo
        for at in ids:
            if at in self._repos:
                self._repos.move_to_end(at)
        repos = [self._held.get(at) or self._repos.get(at) for at in places]
        while len(self._repos) > _REPOS:
            self._repos.popitem(last=False)
        return [repo for repo in repos if repo is not None]


class _Column:
    """One fact of all rows, each value once."""

    def __init__(self) -> None:
        self._values: list[Any] = []
        self._codes = array("I")
        self._code_of: dict[Any, int] = {}

    def put(self, value: Any) -> None:
        """The value of the next row."""
        key = (type(value), value)  # 1, 1.0 and True are not the same fact
        code = self._code_of.setdefault(key, len(self._values))
        if code == len(self._values):
            self._values.append(value)
        self._codes.append(code)

    def close(self) -> None:
        """No row comes any more."""
        self._code_of = {}

    def of(self, at: int) -> Any:
        """The value at a place."""
        return self._values[self._codes[at]]


class _Facts:
    """A row as a question sees it: it has the facts that were read."""

    __slots__ = ("_at", "_shelf")

    def __init__(self, shelf: Shelf, at: int) -> None:
        self._shelf, self._at = shelf, at

    def __getattr__(self, name: str) -> Any:
        return self._shelf.fact(self._at, name)


class _Rows(Iterable[Repo]):
    """All rows of a shelf, as often as one goes through them."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def __iter__(self) -> Iterator[Repo]:
        return map(self._shelf._facts, range(self._shelf.total))


def keys(repo: Repo, orders: Sequence[str], registry: Registry) -> list[Any]:
    """The values that a row of no list is ordered by."""
    row = Row(None, repo, label(weights(repo, "uploader", registry)))
    return [value(row) for value in values(orders, registry)]


def _satisfies(repo: Repo, asked: Sequence[Callable[[Repo], bool]]) -> bool:
    return all(satisfies(repo) for satisfies in asked)


def _lines(text: str, parts: Sequence[str]) -> Iterator[int]:
    """The numbers of the lines of a leaf that hold all parts."""
    first, *others = parts
    at, line, done = text.find(first), 0, 0
    while at >= 0:
        line += text.count(_END, done, at)
        begin, end = text.rfind(_END, 0, at) + 1, text.find(_END, at)
        end = len(text) if end < 0 else end
        if all(text.find(part, begin, end) >= 0 for part in others):
            yield line
        done = end
        at = text.find(first, end)


def _picked(texts: Sequence[str], places: Sequence[int]) -> list[str]:
    """The names at these places of texts of _JOINED names each."""
    split = {at: texts[at].split(_END) for at in {place // _JOINED for place in places}}
    return [split[place // _JOINED][place % _JOINED] for place in places]
