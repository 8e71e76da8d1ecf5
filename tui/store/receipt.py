"""What became of a write that somebody waits for: it is on the disk, or why it is not."""

from _thread import allocate_lock
from collections.abc import Callable
from typing import Any

from tui.model import StoreTrouble


class Receipt:
    """The writer's answer to one write; to be waited for off the loop, or called back from."""

    __slots__ = ("_calls", "_guard", "_open", "_value", "heard", "trouble")

    def __init__(self) -> None:
        self._guard = allocate_lock()
        self._open = allocate_lock()  # held until there is an answer
        self._open.acquire()
        self._calls: list[Callable[[], object]] = []
        self._value: Any = None
        self.trouble: str | None = None  # why it was not made
        self.heard = False  # whether somebody took the answer

    @property
    def settled(self) -> bool:
        """Whether there is an answer."""
        return not self._open.locked()

    def settle(self, value: Any = None, trouble: str | None = None) -> None:
        """Answer: what the write gave, or the line that says why nothing was kept."""
        with self._guard:
            if self.settled:
                return
            self._value, self.trouble = value, trouble
            self._open.release()
        for call in self._calls:
            call()

    def when_settled(self, call: Callable[[], object]) -> None:
        """Have ``call`` called once there is an answer, on the writer's thread; or now."""
        with self._guard:
            if not self.settled:
                self._calls.append(call)
                return
        call()

    def result(self) -> Any:
        """What the write gave, after the answer. Raises StoreTrouble where it was not made."""
        self.heard = True
        if self.trouble is not None:
            raise StoreTrouble(self.trouble)
        return self._value

    def wait(self, timeout: float = 10.0) -> Any:
        """``result``, once it is there. Raises StoreTrouble too where that takes too long."""
        if not self._open.acquire(timeout=timeout):
            raise StoreTrouble("the disk does not answer, so it is not known to be kept; try again")
        self._open.release()
        return self.result()
