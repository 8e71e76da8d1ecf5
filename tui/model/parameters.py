"""How many parameters a model has, as far as its repo's witnesses tell."""

from typing import NamedTuple

# Words in the architectures of what lies beside a model.
_HELPERS = (
    *("clip", "mmproj", "projector", "imatrix", "lora", "adapter", "eagle", "medusa", "draft"),
    *("mtp", "dflash", "speculator"),
)


class Parameters(NamedTuple):
    """``count`` is None where ``how`` is unknown. ``doubt`` says why it is not exact, in words.

    exact: each element that the files' headers count is one parameter. reckoned: unpacked, or
    counted together with scales. unknown: no witness, or witnesses that disagree.
    """

    count: int | None = None  # type: ignore[assignment]  # a tuple counts; this has a count
    how: str = "unknown"  # "exact", "reckoned" or "unknown"
    doubt: str = ""


class Header(NamedTuple):
    """What the Hub read in the header of one GGUF file of a repo, which may be a helper's."""

    total: int | None = None  # elements
    architecture: str | None = None  # general.architecture: "llama", "clip", ...
    context: int | None = None  # tokens
    size: int | None = None  # bytes of all GGUF files of the repo

    @property
    def of_helper(self) -> bool:
        """Whether the file is a projector, an adapter or a drafter beside the model."""
        name = (self.architecture or "").lower()
        return self.context == 0 or any(word in name for word in _HELPERS)
