"""A note with its tags as one line to write in: ``#tag #"two words" the note itself``."""

from collections.abc import Iterable

from tui.model import BadInput, Note, clean_line

LONGEST, LONGEST_TAG = 500, 60  # characters


def text(note: Note) -> str:
    """The line that ``read`` reads back as this very note."""
    tags = " ".join(f'#"{tag}"' if " " in tag else f"#{tag}" for tag in note.tags)
    # a note that begins like a tag stands behind a bare "#", which ends the tags
    apart = "# " if note.text.startswith("#") else ""
    return f"{tags} {apart}{note.text}".strip()


def read(line: str) -> Note:
    """The tags that a line begins with, then its note. Raises BadInput for what is too long."""
    left, tags = clean_line(line).strip(), list[str]()
    while left.startswith("#"):
        if left.startswith('#"') and '"' in left[2:]:
            tag, _, left = left[2:].partition('"')
        else:
            tag, _, left = left[1:].partition(" ")
        left = left.strip()
        if not tag:
            break
        tags.append(tag)
    return Note(checked_text(left), checked_tags(tags))


def checked_text(said: str) -> str:
    """A note as it is kept. Raises BadInput where it is too long."""
    kept = clean_line(said).strip()
    if len(kept) > LONGEST:
        raise BadInput(f"a note has {LONGEST} characters at most; shorten it")
    return kept


def checked_tags(said: Iterable[str]) -> tuple[str, ...]:
    """Tags as they are kept: apart at commas, each once. Raises BadInput for one that is none."""
    found = [clean_line(word).strip() for one in said for word in one.split(",")]
    if any('"' in word for word in found):
        raise BadInput("a tag holds no quotation mark; leave it out")
    if any(len(word) > LONGEST_TAG for word in found):
        raise BadInput(f"a tag has {LONGEST_TAG} characters at most; shorten it")
    return tuple(word for word in dict.fromkeys(found) if word)
