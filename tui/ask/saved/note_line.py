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
    rest, tags = clean_line(line).strip(), list[str]()
    while rest.startswith("#"):
        if rest.startswith('#"') and '"' in rest[2:]:
            tag, _, rest = rest[2:].partition('"')
        else:
            tag, _, rest = rest[1:].partition(" ")
        rest = rest.strip()
        if not tag:
            break
        tags.append(tag)
    return Note(checked_text(rest), checked_tags(tags))


def checked_text(typed: str) -> str:
    """A note as it is kept. Raises BadInput where it is too long."""
    note = clean_line(typed).strip()
    if len(note) > LONGEST:
        raise BadInput(f"a note has {LONGEST} characters at most; shorten it")
    return note


def checked_tags(typed: Iterable[str]) -> tuple[str, ...]:
    """Tags as they are kept: apart at commas, each once. Raises BadInput for one that is none."""
    tags = [clean_line(word).strip() for entry in typed for word in entry.split(",")]
    if any('"' in word for word in tags):
        raise BadInput("a tag holds no quotation mark; leave it out")
    if any(len(word) > LONGEST_TAG for word in tags):
        raise BadInput(f"a tag has {LONGEST_TAG} characters at most; shorten it")
    return tuple(word for word in dict.fromkeys(tags) if word)
