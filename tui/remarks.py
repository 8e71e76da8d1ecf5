"""What is said once, on whichever page is in sight next."""

from tui.key_names import shown

_HINT = "j k move, {} opens a card, / searches, ? lists everything that works here"
_LAYOUT = "hubscope's keys are Latin letters; arrows, {} and Esc work in any layout, ctrl+q leaves"


class Remarks:
    """Lines that wait to be said. A ``newcomer`` is told what to press, and once."""

    def __init__(self, *, newcomer: bool) -> None:
        self.lines: list[str] = []
        self.hint = _HINT.format(shown("enter")) if newcomer else ""
        self._layout_said = False

    def take(self, notices: list[str]) -> str | None:
        """The next thing that went wrong and no screen has said yet; ``notices`` come last."""
        for waiting in (self.lines, notices):
            if waiting:
                return waiting.pop(0)
        return None

    def take_hint(self) -> str:
        """What to press, for one who starts for the first time; once, and else nothing."""
        hint, self.hint = self.hint, ""
        return hint

    def of_layout(self, letter: str) -> str:
        """Which keys are meant where a letter comes from another keyboard layout; once."""
        if self._layout_said or not letter.isalpha() or letter.isascii():
            return ""
        self._layout_said = True
        return _LAYOUT.format(shown("enter"))
