"""The bases that a repo declares as one short text, and back.

The first line is the Hub's field: relation and ids, with tabs between them; it is empty where
there is no field. The second holds the tags that name a base, without what they all begin with;
it is left out where they are just those that the Hub makes of the field.
"""

from tui.model import BaseModels, Repo

_TAG = "base_model:"


def bases_text(repo: Repo) -> str | None:
    """What ``repo`` declares; None where that is nothing."""
    field = repo.base_models
    if field is None and not repo.tags:
        return None
    tags = [tag[len(_TAG) :] for tag in repo.tags if tag.startswith(_TAG)]
    if field is None:
        return "\n" + "\t".join(tags) if tags else None
    first = "\t".join((field.relation, *field.ids))
    implied = _made(field)
    if tags == implied or set(tags) == set(implied):
        return first
    return f"{first}\n" + "\t".join(tags)


def read_bases(
    text: str | None, *, implied: bool = True
) -> tuple[BaseModels | None, tuple[str, ...]]:
    """The field and the tags that ``bases_text`` wrote.

    ``implied``: with the tags that the Hub makes of the field, where no others were stored.
    """
    if text is None:
        return None, ()
    first, line, second = text.partition("\n")
    relation, *ids = first.split("\t")
    field = BaseModels(relation, tuple(ids)) if first else None
    tags = second.split("\t") if second else []
    if implied and field is not None and not line:
        tags = _made(field)
    return field, tuple(_TAG + tag for tag in tags)


def _made(field: BaseModels) -> list[str]:
    """The tags that the Hub makes of its field."""
    return [name for base in field.ids for name in (base, f"{field.relation}:{base}")]
