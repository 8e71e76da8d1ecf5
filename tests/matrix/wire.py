"""What the Hub and the way to it can do wrong, each as a change to a loopback Hub."""

import json
from collections.abc import Callable
from typing import NamedTuple

from tests.loopback import LoopbackHub, faults
from tests.loopback.faults import Effect

LIST = "/api/models?"
PORTAL = b"<!DOCTYPE html><title>Welcome to the hotel</title><form>room number</form>"


class Trouble(NamedTuple):
    """One fault of the wire. ``begin`` puts it in force at a Hub."""

    name: str
    begin: Callable[[LoopbackHub], object]
    lost: bool = True  # no answer gets through


def _always(effect: Effect | int) -> Callable[[LoopbackHub], object]:
    return lambda hub: hub.fault("/", effect, times=None)


def _said(status: int, words: str, code: str = "", **headers: str) -> Effect:
    body = json.dumps({"error": words}).encode()
    named = {"X-Error-Message": words, **({"X-Error-Code": code} if code else {})}
    named |= {name.replace("_", "-"): value for name, value in headers.items()}
    return faults.respond(status, body, {"Content-Type": "application/json", **named})


def _circle(hub: LoopbackHub) -> object:
    return hub.fault("/", faults.elsewhere(f"{hub.url}/api/models?round=1", 307), times=None)


def _portal(hub: LoopbackHub) -> object:
    hub.fault("/login", faults.respond(200, PORTAL, {"Content-Type": "text/html"}), times=None)
    away = f"http://localhost:{hub.port}/login?back=x"
    return hub.fault(lambda one: one.path != "/login", faults.elsewhere(away), times=None)


def _used_up(hub: LoopbackHub) -> object:
    return hub.fault("/", faults.respond(429, headers={"RateLimit": '"api";r=0;t=250'}), times=None)


_HTML = {"Content-Type": "text/html; charset=utf-8"}
ANSWERS: dict[str, Effect | int] = {
    "400 refused": _said(400, "✖ Invalid option"),
    "401 hidden or missing": _said(401, "Invalid username or password."),
    "401 token not recognised": _said(401, "Invalid credentials in Authorization header"),
    "401 gated": _said(401, "Access to model X is restricted.", "GatedRepo"),
    "403 gated, not on the list": _said(403, "Access to model X is restricted.", "GatedRepo"),
    "403 disabled": _said(403, "Access to this resource is disabled."),
    "404 no such repo": _said(404, "Repository not found", "RepoNotFound"),
    "404 no such revision": _said(404, "Invalid rev id: X", "RevisionNotFound"),
    "404 no such file": _said(404, "Entry not found", "EntryNotFound"),
    "404 no such page": _said(404, "Sorry, we can't find the page you are looking for."),
    "410 gone": 410,
    "429 of the edge, HTML": faults.html_page(429),
    "429 while requests are left": faults.busy,
    "429 with Retry-After": _said(429, "Too many requests", Retry_After="120"),
    "451 for legal reasons": 451,
    "500": 500,
    "502 HTML": faults.html_page(502),
    "503": 503,
    "504": 504,
    "204 without a body": faults.respond(204, b""),
    "200 with an empty body": faults.empty_body,
    "200 HTML, a captive portal": faults.respond(200, PORTAL, _HTML),
    "200 of another API": faults.json_text('{"models":[]}'),
    "bytes": faults.garbage,
    "half JSON": faults.truncated_json,
    "half a body": faults.half_body,
    "nested 10,000 deep": faults.deep(10_000),
    "a number of 6,000 digits": faults.giant_integer,
    "NaN": faults.nan,
    "broken gzip": faults.respond(200, b"\x1f\x8bno", {"Content-Encoding": "gzip"}),
    "a body without end": faults.endless,
    "hangs up": faults.hang_up,
    "connection reset": faults.reset,
    "redirect without a place": faults.respond(302, b"", {}),
    "redirect to a file": faults.elsewhere("file:///etc/passwd"),
    "redirect to itself": faults.elsewhere("?"),
}
WIRE = (
    *(Trouble(name, _always(effect)) for name, effect in ANSWERS.items()),
    Trouble("gzip bomb", lambda hub: _always(faults.bomb(64 * 2**20))(hub)),
    Trouble("redirect in circles", _circle),
    Trouble("redirect to a login page", _portal),
    Trouble("429, the window used up", _used_up),
    Trouble("no answer", lambda hub: hub.gate("/")),
    Trouble("an answer that stops", lambda hub: hub.gate("/", in_body=True)),
    Trouble("connection refused", LoopbackHub.stop),
)
