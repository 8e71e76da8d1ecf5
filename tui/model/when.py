"""Time as this project writes it: seconds since 1970 inside, ISO 8601 with Z outside."""

from datetime import UTC, datetime

FLOOR = "2022-03-02T23:29:04"  # the Hub gives this as creation time to everything older


def iso(seconds: float) -> str:
    """``1763759593.5`` as ``2025-11-21T21:13:13Z``."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def seconds(text: str | None) -> float | None:
    """The moment an ISO 8601 text names, None where it names none. No zone means UTC."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
