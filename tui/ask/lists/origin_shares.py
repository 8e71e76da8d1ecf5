"""The shares of a list by country, as an answer and as figures."""

from typing import NamedTuple

from tui.analysis.origins.origins import Origins
from tui.ask.sources import Sources
from tui.model import Coverage, Lens, Measure, View


class Found(NamedTuple):
    """The shares and what they are of. The weights of ``origins`` sum to the rows counted."""

    of: str  # a key of OF
    origins: Origins
    definition: str
    lens: Lens  # its relations are those that were counted
    window: tuple[str, str] | None = None  # of the newest
    other: Origins | None = None  # the same rows by the other evidence; None by uploader
    left_out: dict[str, int] = {}  # noqa: RUF012 - rows of the window that do not count, by reason


def measures(sources: Sources, view: View[Found], walked: Coverage) -> dict[str, Measure]:
    """The weight of each origin as measure ``origin.CN``; ``walked``: the bases looked up."""
    answer = view.value
    origins = answer.origins
    unknown = origins.unknown * origins.n
    blank = Measure(
        value=None,
        unit="repos",
        kind="exact" if _is_exact(answer, view) else "estimate",
        definition=answer.definition,
        universe=sources.universe,
        unknown=origins.unknown,
        n=origins.n,
        authors=origins.authors,
        top_author_share=origins.top_author_share,
        coverage=None if answer.lens.origin == "uploader" else walked,
        lens=answer.lens,
        window=answer.window,
        source=view.source,
        as_of=view.as_of,
        registry=sources.registry.version,
        requests=view.requests,
    )
    return {
        f"origin.{share.origin}": blank._replace(
            value=share.weight,
            definition=f"weight of {share.origin} in {answer.definition}",
            bound=None if share.bound is None else (share.weight, share.weight + unknown),
        )
        for share in origins.shares
    }


def _is_exact(answer: Found, view: View[Found]) -> bool:
    """A whole list of which no row is placed by its name."""
    return view.complete and answer.of != "new" and not answer.origins.by_name
