"""The months of creation by number: a count by month needs no text for each row."""

from datetime import date

_DAY = 86_400_000  # milliseconds
_EPOCH = date(1970, 1, 1).toordinal()


class Months:
    """``names`` of months, as 2026-11, behind their numbers; 0 is not known."""

    __slots__ = ("_days", "_numbers", "names")

    def __init__(self) -> None:
        self.names = [""]
        self._numbers = {"": 0}
        self._days: dict[int, int] = {}

    def of(self, moment: int | None) -> int:
        """The number of the month of ``moment``, milliseconds since 1970 in UTC."""
        if moment is None:
            return 0
        day = moment // _DAY
        number = self._days.get(day)
        if number is None:
            name = date.fromordinal(_EPOCH + day).isoformat()[:7]
            number = self._days[day] = self._numbers.setdefault(name, len(self.names))
            if number == len(self.names):
                self.names.append(name)
        return number
