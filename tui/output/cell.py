"""One value of a table of data, and how it is written in a line of text."""

Cell = str | int | float | bool | None


def flat(cell: Cell) -> str:
    """The value on one line and without tabs; nothing for what is not known."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return str(cell).replace("\t", " ").replace("\n", " ")


def is_number(cell: Cell) -> bool:
    """Say whether the value may stand in a column of numbers; a value not known may."""
    return cell is None or (isinstance(cell, int | float) and not isinstance(cell, bool))
