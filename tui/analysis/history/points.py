"""The published figures, each with its date, its definition and who said it."""

from typing import NamedTuple

from tui.analysis.registry import csv_rows


class Point(NamedTuple):
    """One dated figure that somebody published. Dates are ISO 8601, as exact as the source.

    ``mark`` is "" where the source states the figure itself, ``secondary`` where it is quoted
    by another, ``computed`` where it follows from stated ones.
    """

    key: str
    date: str
    quantity: str
    value: float
    unit: str
    definition: str
    source: str
    mark: str = ""
    family: str | None = None  # key of the family, where it is about one
    measure: str | None = None  # our measure that comes nearest
    since: str | None = None  # begin of the window
    upper: float | None = None  # the end of a stated range


def points() -> tuple[Point, ...]:
    """Every published point of the package, in the order of the table."""
    return tuple(point(row) for row in csv_rows.packaged("points"))


def point(row: dict[str, str]) -> Point:
    """The figure of a table row. Raises ValueError where its numbers are none."""
    return Point(
        key=row["key"],
        date=row["date"],
        quantity=row["quantity"],
        value=float(row["value"]),
        unit=row["unit"],
        definition=row["definition"],
        source=row["source"],
        mark=row["mark"],
        family=row["family"] or None,
        measure=row["measure"] or None,
        since=row["since"] or None,
        upper=float(row["upper"]) if row["upper"] else None,
    )
