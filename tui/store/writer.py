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

Job = Callable[[], None]


class Writer:
    """Takes jobs and does them in order; a job that fails becomes a notice, never an exception.

    With ``sync`` each job is done before ``put`` returns, by the caller, on one thread.
    """

    __slots__ = ("_closed", "_jobs", "_notice", "_starting", "_sync", "_thread")

    def __init__(self, notice: Callable[[str], None], sync: bool = False) -> None:
        self._notice = notice
        self._sync = sync
        self._closed = False
        self._starting = allocate_lock()
        self._jobs: SimpleQueue[Job | None] | None = None
        self._thread: Thread | None = None

    def put(self, job: Job) -> None:
        """Have ``job`` done; dropped after ``close``."""
        if self._closed:
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

    def close(self, timeout: float, *last: Job) -> bool:
        """Do what is left and then ``last``, but wait no longer than ``timeout`` seconds.

        What is not done by then goes on until the process ends. Says whether all was done.
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
        return not self._thread.is_alive()

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
