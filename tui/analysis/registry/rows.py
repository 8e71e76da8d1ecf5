"""The rows of the registry as values: families, organisations and ids that moved."""

import re
from typing import Any, NamedTuple

from tui.model import BadInput

UNKNOWN = "??"
_PLAIN = ("home", "company", "since", "source", "mark", "note")


class Family(NamedTuple):
    """One family: the first one whose ``orgs`` hold the author and whose pattern fits the id.

    ``part`` narrows it to a line, the repos whose name holds these words ("Qwen3-Omni").
    """

    key: str
    label: str
    home: str = UNKNOWN  # country
    orgs: tuple[str, ...] = ()  # namespaces; their uploads are never work by others
    pattern: str = ""  # a regular expression on the whole id, case ignored
    aka: tuple[str, ...] = ()
    company: str = ""
    roots: tuple[str, ...] = ()  # well known repo ids without a base
    since: str = ""
    modalities: tuple[str, ...] = ()
    model_types: tuple[str, ...] = ()
    source: str = ""
    mark: str = ""
    note: str = ""
    part: str = ""


class Names(NamedTuple):
    """The words in a repo's name by which it is placed in a family; see the evidence ``named``.

    ``key`` is that of a family, or of a line that is no family of the table and then has a label,
    a home and roots of its own.
    """

    key: str
    label: str
    home: str
    words: str  # a regular expression, in lower case
    roots: tuple[str, ...] = ()
    source: str = ""
    mark: str = ""
    note: str = ""


class Org(NamedTuple):
    """One namespace of the Hub and who stands behind it."""

    org: str
    name: str
    country: str
    kind: str = "community"  # lab, company, university or community
    owner: str = ""
    repackages: bool = False  # mostly converts and quantizes work of others
    source: str = ""
    mark: str = ""
    note: str = ""


class Alias(NamedTuple):
    """An id that became another (``rename``), or a copy that declares no base (``mirror``).

    A rename that ends in ``/`` or ``-`` stands for every id that begins so.
    """

    old: str
    new: str
    kind: str
    source: str = ""
    mark: str = ""
    note: str = ""


def author_of(repo_id: str) -> str:
    """The namespace of a repo id, "" for an id of the early Hub that has none."""
    author, slash, _ = repo_id.partition("/")
    return author if slash else ""


def checked(row: dict[str, str]) -> dict[str, str]:
    """A user's own family row, as it is. Raises BadInput where no family can be made of it."""
    if ":" in row["key"]:
        raise BadInput(f"the key of your family {row['key']!r} holds a colon; leave it out")
    if not row.get("orgs") or not row.get("pattern"):
        raise BadInput(f"your family {row['key']!r} lacks orgs or pattern; add them")
    try:
        re.compile(row["pattern"])
    except (re.error, OverflowError, RecursionError) as error:
        raise BadInput(
            f"the pattern of your family {row['key']!r} is no regular expression ({error});"
            " correct it"
        ) from None
    return row


def family(row: dict[str, str]) -> Family:
    """The family of a table row; columns that the row lacks stay empty."""
    fields: dict[str, Any] = {name: row[name] for name in _PLAIN if name in row}
    for name in ("orgs", "roots", "modalities", "model_types"):
        fields[name] = tuple(row.get(name, "").split())
    fields["home"] = fields.get("home", UNKNOWN).upper()
    return Family(
        key=row["key"],
        label=row.get("label") or row["key"],
        pattern=row["pattern"],
        aka=tuple(filter(None, row.get("aka", "").split("|"))),
        **fields,
    )


def org(row: dict[str, str]) -> Org:
    """The organisation of a table row. Raises BadInput where it has no country."""
    if not row.get("country"):
        raise BadInput(f"your org {row['org']!r} has no country; add its code, or ZZ")
    return Org(
        org=row["org"],
        name=row.get("name") or row["org"],
        country=row["country"].upper(),
        kind=row.get("kind") or "community",
        owner=row.get("owner", ""),
        repackages=row.get("repackages") == "yes",
        source=row["source"],
        mark=row["mark"],
        note=row["note"],
    )


def names(row: dict[str, str]) -> Names:
    """The words of a table row."""
    return Names(
        row["key"],
        row["label"],
        row["home"],
        row["names"],
        tuple(row["roots"].split()),
        row["source"],
        row["mark"],
        row["note"],
    )
