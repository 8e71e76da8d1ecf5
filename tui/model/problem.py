"""What can go wrong, each with the one line a person reads and the exit code a script reads.

Lines have the form ``what happened; what to do`` and hold no control character, no token and no
markup. Exit codes: 1 error, 2 usage, 3 not found or private, 4 gated or no access, 5 offline and
nothing stored, 6 rate-limited.
"""

from tui.model.text import clean_line


class Problem(Exception):
    """A fault that ends an answer or leaves it incomplete; ``str(problem)`` is the line to show.

    What the line repeats of a person or of the wire is made fit for a terminal here.
    """

    exit_code = 1
    kind = "error"
    reason = ""  # the Hub's own words, where it gave any

    def __init__(self, line: str = "") -> None:
        super().__init__(clean_line(line))


class BadInput(Problem):
    """The words given cannot be understood: option, query or repo id."""

    exit_code = 2
    kind = "usage"


class BadWord(BadInput):
    """A word of a query line that cannot be understood, with its place in ``line``."""

    def __init__(self, sentence: str, line: str, start: int, end: int) -> None:
        self.line, self.start, self.end = clean_line(line), start, end
        super().__init__(sentence)


class NotFound(Problem):
    """No such repo for this caller. Without a login, private and missing look the same."""

    exit_code = 3
    kind = "missing"


class NoFile(NotFound):
    """The repo is there, and this caller may see it; the file asked for is not in it."""


class Gated(Problem):
    """The content is behind a form; the facts of the repo stay readable."""

    exit_code = 4
    kind = "gated"


class NoAccess(Problem):
    """The login is refused, or not enough, or the repo is disabled."""

    exit_code = 4
    kind = "no-access"


class OtherHost(Problem):
    """The file lies on another host, which the reader has not agreed to ask."""

    kind = "other-host"

    def __init__(self, host: str) -> None:
        self.host = host
        super().__init__(f"it lies on {host}, which was not agreed to; nothing was asked there")


class Offline(Problem):
    """The endpoint cannot be reached."""

    exit_code = 5
    kind = "offline"


class TimedOut(Offline):
    """The endpoint took the connection but did not answer in time."""

    kind = "timeout"


class RateLimited(Problem):
    """The window of requests is used up; ``wait`` is the seconds until the next one."""

    exit_code = 6
    kind = "rate-limited"

    def __init__(self, wait: float, line: str | None = None) -> None:
        self.wait = wait
        super().__init__(
            line or f"the Hub asks to wait {wait:.0f} s (rate limit); try again then, or log in"
        )


class ServerTrouble(Problem):
    """The endpoint answered 5xx, also after retries."""

    kind = "server"


class Unreadable(Problem):
    """The answer was no answer: not JSON, too large, too deep, empty or cut short."""

    kind = "unreadable"


class StoreTrouble(Problem):
    """The local store cannot be read or written; the work goes on without it."""

    kind = "store"
