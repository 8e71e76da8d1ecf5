"""A tab of lines made for its own width."""

from tui.render.spans import Line
from tui.widgets.pane import Pane

_LEAST = 40  # cells that tables and facts are made for, at least


class DrawnTab(Pane):
    """Draws itself anew when its width comes or changes: a hidden tab has none."""

    def lines_for(self, width: int) -> list[Line]:
        """What is known, in lines of ``width`` cells; none: what is shown stays."""
        return []

    def redraw(self) -> None:
        """Draw what is known, at the width there is."""
        if self.size.width and (lines := self.lines_for(max(_LEAST, self.size.width - 2))):
            self.show([((" ", "text"), *line) if line else () for line in lines], keep_place=True)

    def on_resize(self) -> None:
        """Another width, or the first one."""
        self.redraw()
