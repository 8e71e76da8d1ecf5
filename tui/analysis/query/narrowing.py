"""What the Hub's own list narrows to a term of the query line."""

from tui.analysis.query.spans import number_span
from tui.model import Term

MOST_PACKED = 16  # weights of two bits in one stored number of 32


def asked_of_hub(term: Term, kind: str) -> tuple[str, str] | None:
    """The parameter by which the Hub's list narrows to a term, at least roughly; None: none.

    The Hub's own rounding and its rows of unknown size are not known, so the term is asked of the
    rows that come as well. It counts stored numbers, of which a packed one holds many weights, so
    the least size that it is asked for is smaller by as much.
    """
    field, value = term.field, term.value
    if term.negated or "," in value or (kind != "model" and field != "gated") or kind == "space":
        return None
    if field == "params":
        span = number_span(field, value)
        least = None if span.lo is None else max(1.0, span.lo / MOST_PACKED)
        ends = (("min", least), ("max", span.hi))
        return "num_parameters", ",".join(f"{name}:{_size(n)}" for name, n in ends if n is not None)
    if field == "gated":
        return "gated", "false" if value == "no" else "true"
    named = {"app": "apps", "provider": "inference_provider"}.get(field)
    return (named, value) if named else None


def _size(amount: float) -> str:
    """A number as the Hub writes sizes: whole, with the largest unit that leaves it so."""
    for unit, factor in (("T", 1e12), ("B", 1e9), ("M", 1e6), ("K", 1e3)):
        if amount >= factor and amount % factor == 0:
            return f"{amount / factor:.0f}{unit}"
    return f"{amount:.0f}"
