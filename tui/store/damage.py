"""What is done about a damaged file: another look, then it is set aside and begun anew.

Of two processes that meet the damage one does this, alone; the other finds a new file.
"""

from sqlite3 import Error

from tui.model import StoreTrouble
from tui.store.connection import FileId, Held, Link, file_id, is_damaged
from tui.store.file import File
from tui.store.lock import alone
from tui.store.quarantine import set_aside
from tui.store.rescue import carry_over


def replace(file: File, seen: FileId, wait: float, *, certain: bool = False) -> str | None:
    """Replace the file if it is still the one ``seen`` and no sound database.

    ``certain``: it was looked at before, found sound, and failed again. No connection of this
    process may be open. Returns the line that tells of it, None where nothing was to be done.
    Raises StoreTrouble where it cannot be set aside.
    """
    path, plan = file.path, file.plan
    try:
        with alone(path, wait):
            if file_id(path) != seen or (not certain and _sound(path, wait)):
                return None
            aside = set_aside(path, only_newest=plan.disposable)
            carried = 0 if plan.disposable else _begin_anew(file, aside, wait)
    except Held:
        return None  # whoever has it is at it
    except OSError as error:
        raise StoreTrouble(
            f"{plan.title} is damaged and cannot be set aside ({error.strerror}); move {path} away"
        ) from None
    if carried:
        entries = "one entry was" if carried == 1 else f"{carried:,} entries were"
        return (
            f"{plan.title} was damaged; {entries} carried over into a new one, "
            f"the old file is kept as {aside}"
        )
    return f"{plan.title} was damaged and is begun anew; the old file is kept as {aside}"


def _sound(path: str, wait: float) -> bool:
    """Look again, at all of it. A file that others hold is theirs to judge."""
    link = Link(path, wait)
    try:
        return link.rows("PRAGMA integrity_check(1)") == [("ok",)]
    except Error as error:
        return not is_damaged(error)
    finally:
        link.close()


def _begin_anew(file: File, aside: str, wait: float) -> int:
    """Make the new file while nobody else can, with what the old one still tells."""
    try:
        link = file.begun(wait)
    except (Error, OSError):
        return 0  # the next write makes it, or says why it cannot
    try:
        return carry_over(aside, link, file.plan)
    except (Error, OSError):
        return 0
    finally:
        link.close()
