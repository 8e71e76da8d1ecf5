"""One place where everything is written: a daemon thread that takes jobs in their order.

A key press must not wait for a disk. So a caller hands over a job and goes on; one thread does
them one after the other. A one-shot command has nobody to keep waiting and writes at once.
"""

from _thread import allocate_lock
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from queue import SimpleQueue
    from threading import Thread

    from tui.store.receipt import Receipt

Job = Callable[[], None]
_LEFT = "the latest was not kept, the disk was too slow for it; start again and repeat it"


class Writer:
    """Takes jobs and does them in order; a job that fails becomes a notice, never an exception.

    With ``sync`` each job is done before ``put`` returns, by the caller, on one thread.
    """

    __slots__ = ("_closed", "_jobs", "_notice", "_owed", "_starting", "_sync", "_thread")

    def __init__(self, notice: Callable[[str], None], sync: bool = False) -> None:
        self._notice = notice
        self._sync = sync
        self._closed = False
        self._starting = allocate_lock()
        self._jobs: SimpleQueue[Job | None] | None = None
        self._thread: Thread | None = None
        self._owed: list[Receipt] = []

    def put(self, job: Job, receipt: "Receipt | None" = None) -> None:
        """Have ``job`` done; dropped after ``close``. It settles its ``receipt`` itself."""
        if receipt is not None:
            self._owed = [owed for owed in self._owed if not owed.heard] + [receipt]
        if self._closed:
            if receipt is not None:
                receipt.settle(trouble=_LEFT)
            return
        if self._sync:
            self._do(job)
        else:
            self._queue().put(job)

    def flush(self, timeout: float) -> bool:
        """Wait at most ``timeout`` seconds until all that was put is done; say whether it is."""
        if self._thread is None or self._closed:
            return True
        from threading import Event

        done = Event()
        self._queue().put(done.set)
        return done.wait(timeout)

    def close(self, timeout: float, *last: Job, patience: float = 0.0) -> bool:
        """Do what is left and then ``last``, but wait no longer than ``timeout`` seconds.

        As long as a receipt is owed wait up to ``patience`` seconds more. What is not done by then
        goes on until the process ends. Says whether all was done.
        """
        if self._closed:
            return True
        self._closed = True
        if self._thread is None:
            for job in last:
                self._do(job)
            return True
        jobs = self._queue()
        for item in (*last, None):
            jobs.put(item)
        self._thread.join(timeout)
        if not all(receipt.settled for receipt in self._owed):
            self._thread.join(patience)
        return not self._thread.is_alive()

    def unheard(self) -> tuple[str, ...]:
        """After ``close``: why each write with a receipt was not made, where nobody heard it."""
        for receipt in self._owed:
            receipt.settle(trouble=_LEFT)
        troubles = [receipt.trouble for receipt in self._owed if not receipt.heard]
        return tuple(line for line in dict.fromkeys(troubles) if line)

    def _queue(self) -> "SimpleQueue[Any]":
        with self._starting:
            if self._jobs is None:
                from queue import SimpleQueue
                from threading import Thread

                self._jobs = SimpleQueue()
                self._thread = Thread(target=self._run, name="store-writer", daemon=True)
                self._thread.start()
            return self._jobs

    def _run(self) -> None:
        jobs = self._queue()
        while (job := jobs.get()) is not None:
            self._do(job)

    def _do(self, job: Job) -> None:
        try:
            job()
        except Exception as error:
            # The end of the line for this thread: a raise would end all later writes too.
            self._notice(f"a write to the store failed ({error}); it was left out")
