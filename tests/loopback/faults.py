"""What goes wrong on command: effects that spoil an honest answer, and gates that hold one back.

An effect is a function from the honest answer to the one that is sent; pass it to
``LoopbackHub.fault``. Those written as calls (``respond(503)``) take arguments, the others
(``half_body``) are passed as they are.
"""

import gzip
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from threading import Event
from typing import Any

from tests.loopback.answer import JSON_TYPE, Answer, Request, error, redirect

Effect = Callable[[Answer], Answer]
Match = str | Callable[[Request], bool]

NO_ID, DIGITS = "0" * 24, "9" * 6000
EDGE_PAGE = b"<!DOCTYPE html><html><head><title>Error</title></head><body>%d</body></html>"


def respond(
    status: int, body: bytes | None = None, headers: Mapping[str, str] | None = None
) -> Effect:
    """Answer with this status and these headers alone; no body: a JSON error as the Hub's."""

    def effect(_: Answer) -> Answer:
        if body is None:
            plain = error(status, f"Internal Error {status} - We're working hard to fix this")
            return replace(plain, headers={**plain.headers, **(headers or {})})
        return Answer(status, body, dict(headers or {}))

    return effect


def busy(answer: Answer) -> Answer:
    """A 429 whose window is far from used up: the count is on every answer."""
    told = error(429, "Too many requests")
    return replace(told, headers={**told.headers, "RateLimit": '"api";r=99794;t=241'})


def html_page(status: int) -> Effect:
    """An HTML error page, as a proxy or the CDN edge sends it."""
    return respond(status, EDGE_PAGE % status, {"Content-Type": "text/html; charset=utf-8"})


def elsewhere(url: str, status: int = 302) -> Effect:
    """A redirect to another origin."""
    return lambda _: redirect(status, url)


def json_text(text: str) -> Effect:
    """Status 200 and this text, called JSON."""
    return respond(200, text.encode("utf-8", "surrogatepass"), {"Content-Type": JSON_TYPE})


def huge(size: int) -> Effect:
    """A JSON string of so many bytes."""
    return json_text(json.dumps("x" * size))


def deep(levels: int) -> Effect:
    """Arrays nested so many levels deep."""
    return json_text("[" * levels + "]" * levels)


def changed(change: Callable[[Any], Any]) -> Effect:
    """The honest JSON, decoded, changed by a function and encoded again."""

    def effect(answer: Answer) -> Answer:
        return replace(answer, body=json.dumps(change(json.loads(answer.body))).encode())

    return effect


def half_body(answer: Answer) -> Answer:
    """The head promises the whole body; half of it comes, then the connection closes."""
    return replace(answer, cut="body")


def hang_up(answer: Answer) -> Answer:
    """The connection closes without a byte."""
    return replace(answer, cut="head")


def reset(answer: Answer) -> Answer:
    """The connection is reset without a byte."""
    return replace(answer, cut="reset")


def endless(answer: Answer) -> Answer:
    """A body that never ends."""
    return Answer(200, b" " * 65_536, {"Content-Type": JSON_TYPE}, "endless")


def bomb(size: int) -> Effect:
    """A small gzip body that unpacks to so many bytes."""
    packed = gzip.compress(b" " * size, 9)
    return respond(200, packed, {"Content-Type": JSON_TYPE, "Content-Encoding": "gzip"})


def empty_body(answer: Answer) -> Answer:
    """Status and headers are right, the body is empty."""
    return replace(answer, body=b"")


def truncated_json(answer: Answer) -> Answer:
    """A complete message whose JSON stops in the middle."""
    return replace(answer, body=answer.body[: len(answer.body) // 2])


garbage = respond(200, bytes(range(256)) * 4, {"Content-Type": JSON_TYPE})
nan = json_text(f'[{{"_id":"{NO_ID}","id":"acme/nan","likes":NaN,"downloads":Infinity}}]')
giant_integer = json_text(f'[{{"_id":"{NO_ID}","id":"acme/big","likes":{DIGITS}}}]')


def matches(match: Match, request: Request) -> bool:
    """Whether a request is meant: a prefix of its path and query, or a predicate."""
    return request.target.startswith(match) if isinstance(match, str) else match(request)


@dataclass
class Fault:
    """One effect on the next ``times`` matching requests; None: on all. ``hits`` counts them."""

    match: Match
    effect: Effect
    times: int | None = 1
    hits: int = 0

    def wanted(self, request: Request) -> bool:
        """Whether this request is to be spoilt."""
        return (self.times is None or self.hits < self.times) and matches(self.match, request)


class Gate:
    """Holds matching requests until it is opened. Opening it twice, or never, is harmless."""

    def __init__(self, match: Match, *, in_body: bool) -> None:
        self.match = match
        self.in_body = in_body
        self.arrived = Event()  # a request stands before the gate
        self._open = Event()

    def open(self) -> None:
        """Let all pass, now and later."""
        self._open.set()

    def pass_through(self) -> None:
        """Wait, as a request, until the gate is open."""
        self.arrived.set()
        self._open.wait()
