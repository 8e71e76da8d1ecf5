"""What the Hub and the way to it can do wrong, each as a change to a scene."""

import json
import socket
from collections.abc import Callable
from typing import NamedTuple
from unittest import mock

from tests.loopback import faults
from tests.loopback.faults import Effect
from tests.matrix.scene import DAY, Scene
from tui.hub import requests
from tui.store.connection import Link
from tui.store.file import File

PORTAL = b"<!DOCTYPE html><title>Welcome to the hotel</title><form>room number</form>"
USAGE, MISSING, CLOSED, OFFLINE, LIMITED = 2, 3, 4, 5, 6


class Trouble(NamedTuple):
    """One fault. ``begin`` brings it about in a scene, until the scene is mended.

    ``code`` is the exit code of a one-shot command that has nothing stored; 0 where the fault
    costs no answer. ``pause``: seconds for which the Hub must not be asked after it.
    """

    name: str
    begin: Callable[[Scene], object]
    code: int = 1
    pause: float = 0.0


def _always(effect: Effect | int) -> Callable[[Scene], object]:
    return lambda scene: scene.hub.fault("/", effect, times=None)


def _said(status: int, words: str, code: str = "", **headers: str) -> Effect:
    body = json.dumps({"error": words}).encode()
    named = {"X-Error-Message": words, **({"X-Error-Code": code} if code else {})}
    named |= {name.replace("_", "-"): value for name, value in headers.items()}
    return faults.respond(status, body, {"Content-Type": "application/json", **named})


def _circle(scene: Scene) -> None:
    away = f"{scene.hub.url}/api/models?round=1"
    scene.hub.fault("/", faults.elsewhere(away, 307), times=None)


def _portal(scene: Scene) -> None:
    hub = scene.hub
    hub.fault("/login", faults.respond(200, PORTAL, _HTML), times=None)
    away = f"http://localhost:{hub.port}/login?back=x"
    hub.fault(lambda one: one.path != "/login", faults.elsewhere(away), times=None)


def _no_name(scene: Scene) -> None:
    lost = socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    scene.patch(mock.patch("socket.getaddrinfo", side_effect=lost))
    scene.way = f"http://nobody.invalid:{scene.hub.port}"


def _silent(fault: Callable[[Scene], object]) -> Callable[[Scene], object]:
    """A fault after which nothing comes any more: it is not waited for long."""

    def begin(scene: Scene) -> None:
        scene.patch(mock.patch.object(requests, "TRY_SECONDS", 0.4))
        fault(scene)

    return begin


def _no_tls(scene: Scene) -> None:
    scene.way = f"https://127.0.0.1:{scene.hub.port}"


def _full(scene: Scene) -> None:
    made = File.writing

    def small(self: File, wait: float) -> Link:
        link = made(self, wait)
        link.rows("PRAGMA max_page_count=1")
        return link

    scene.patch(mock.patch.object(File, "writing", small))


def _clock_back(scene: Scene) -> None:
    scene.clock.advance(-30 * DAY)


_HTML = {"Content-Type": "text/html; charset=utf-8"}
_GONE = '"api";r=0;t=1'
ANSWERS: dict[str, tuple[Effect | int, int]] = {  # what is sent, and the exit code it means
    "400 refused": (_said(400, "✖ Invalid option"), USAGE),
    "401 hidden or missing": (_said(401, "Invalid username or password."), CLOSED),
    "401 token not recognised": (_said(401, "Invalid credentials in …header"), CLOSED),
    "401 gated": (_said(401, "Access to model X is restricted.", "GatedRepo"), CLOSED),
    "403 gated, not on the list": (_said(403, "X is restricted.", "GatedRepo"), CLOSED),
    "403 disabled": (_said(403, "Access to this resource is disabled."), CLOSED),
    "404 no such repo": (_said(404, "Repository not found", "RepoNotFound"), MISSING),
    "404 no such revision": (_said(404, "Invalid rev id: X", "RevisionNotFound"), MISSING),
    "404 no such file": (_said(404, "Entry not found", "EntryNotFound"), MISSING),
    "404 no such page": (_said(404, "Sorry, we can't find the page"), MISSING),
    "410 gone": (410, MISSING),
    "429, the window used up": (_said(429, "We had to rate limit", RateLimit=_GONE), LIMITED),
    "429 of the edge, HTML": (faults.html_page(429), LIMITED),
    "429 while requests are left": (faults.busy, LIMITED),
    "429 with Retry-After": (_said(429, "Too many requests", Retry_After="120"), LIMITED),
    "451 for legal reasons": (451, CLOSED),
    "500": (500, 1),
    "502 HTML": (faults.html_page(502), 1),
    "503": (503, 1),
    "504": (504, 1),
    "204 without a body": (faults.respond(204, b""), 1),
    "200 with an empty body": (faults.empty_body, 1),
    "200 HTML, a captive portal": (faults.respond(200, PORTAL, _HTML), 1),
    "200 of another API": (faults.json_text('{"models":[]}'), 1),
    "bytes": (faults.garbage, 1),
    "half JSON": (faults.truncated_json, 1),
    "half a body": (faults.half_body, 1),
    "nested 10,000 deep": (faults.deep(10_000), 1),
    "a number of 6,000 digits": (faults.giant_integer, 1),
    "NaN": (faults.nan, 1),
    "broken gzip": (faults.respond(200, b"\x1f\x8bno", {"Content-Encoding": "gzip"}), 1),
    "hangs up": (faults.hang_up, 1),
    "connection reset": (faults.reset, 1),
    "redirect without a place": (faults.respond(302, b"", {}), 1),
    "redirect to a file": (faults.elsewhere("file:///etc/passwd"), 1),
    "redirect to itself": (faults.elsewhere("?"), 1),
}
WIRE = (
    *(
        Trouble(name, _always(effect), code, 2.2 if "used up" in name else 0.0)
        for name, (effect, code) in ANSWERS.items()
    ),
    Trouble("a body without end", _silent(_always(faults.endless)), OFFLINE),
    Trouble("gzip bomb", lambda scene: _always(faults.bomb(64 * 2**20))(scene)),
    Trouble("redirect in circles", _circle),
    Trouble("redirect to a login page", _portal),
    Trouble("no answer", _silent(lambda scene: scene.hub.gate("/")), OFFLINE),
    Trouble(
        "an answer that stops",
        _silent(lambda scene: scene.hub.gate("/", in_body=True)),
        OFFLINE,
    ),
    Trouble("connection refused", lambda scene: scene.hub.stop(), OFFLINE),
    Trouble("no such name", _no_name, OFFLINE),
    Trouble("no TLS where it should be", _no_tls, OFFLINE),
    Trouble("TLS of a stranger", Scene.distrust, OFFLINE),
    Trouble("clock set back a month", _clock_back, 0),
    Trouble("disk full", _full, 0),
    Trouble("store corrupted at 50 places", Scene.corrupt, 0),
)
