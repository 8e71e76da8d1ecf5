"""What an answer that is no success means, in the Hub's own dialect of statuses and codes."""

import json

from tui.hub.login import Login
from tui.hub.wire import Answer
from tui.model import (
    BadInput,
    Gated,
    NoAccess,
    NoFile,
    NotFound,
    Problem,
    ServerTrouble,
    Unreadable,
    clean_line,
)

_SHOWN = 300  # letters of the server's own words
_READ = 100_000  # bytes of a refusal that are looked at


def problem(answer: Answer, subject: str, host: str, login: Login) -> Problem:
    """The Problem of an answer about ``subject``, a repo id or other words for what was asked.

    An anonymous 401 without a code means "does not exist, or is private": the Hub does not tell
    them apart. Of each 403 the Hub's own sentence is the reason. ``login`` is the one that was
    sent, or nobody; no token of it stands in the line.
    """
    sentence = _said(answer, login)
    fault = _problem(answer, subject, host, login, sentence)
    fault.reason = sentence
    return fault


def _problem(answer: Answer, subject: str, host: str, login: Login, sentence: str) -> Problem:
    status, code = answer.status, answer.headers.get("x-error-code", "")
    if code == "GatedRepo":
        return _gated(status, subject, sentence, login)
    if status == 401 and subject.startswith("the list"):
        return NoAccess(f"{host} shows {subject} to its own people alone; {_log_in(login)}")
    if status == 401 or code == "RepoNotFound":
        return _hidden(subject, login)
    if status in (404, 410) and code == "EntryNotFound":
        return NoFile(f"{sentence or 'No such file'} ({subject}); look at its page in a browser")
    if status in (404, 410):
        return NotFound(f"{sentence or 'Not found'} ({subject}); check the name on the Hub")
    if status in (403, 451):
        why = sentence or "no reason given"
        return NoAccess(f"{host} refuses {subject}: {why}; its page may say more in a browser")
    if status >= 500:
        return ServerTrouble(f"{host} has trouble (HTTP {status}); try again later")
    if 400 <= status < 500:
        why = sentence or "no reason given"
        return BadInput(f"{host} refused the question (HTTP {status}): {why}; change what is asked")
    return Unreadable(f"{host} gave no answer (HTTP {status}); try again, or check HF_ENDPOINT")


def web_page(host: str) -> Unreadable:
    """The Problem of a web page in place of an answer, as networks with a login page send it."""
    line = f"{host} answers with a web page; log in to this network in a browser"
    return Unreadable(f"{line}, or check HF_ENDPOINT")


def _gated(status: int, subject: str, sentence: str, login: Login) -> Problem:
    if status == 403:
        why = sentence or "this login is not on its list"
        return Gated(f"{subject} is gated: {why}; ask for access on its page")
    do = _log_in(login)
    known = ", and the login is not recognised" if login.secret else ""
    return Gated(f"{subject} is gated: its files need an accepted form{known}; {do}")


def _log_in(login: Login) -> str:
    return login.way_out() if login.secret else "log in with `hf auth login`"


def _hidden(subject: str, login: Login) -> Problem:
    subject = subject.rpartition(" of ")[2]  # of "the README of acme/base" the repo is not there
    if login.token:
        return NotFound(f"{subject} does not exist, or this login cannot see it; check the name")
    do = login.way_out() if login.secret else "log in with `hf auth login` to see private repos"
    return NotFound(f"{subject} does not exist, or is private; {do}")


def _said(answer: Answer, login: Login) -> str:
    """The server's own words on one line, from its header or its JSON body.

    What has no sign of its own (no-break spaces, soft hyphens) is a plain space.
    """
    words = answer.headers.get("x-error-message") or error_field(answer.body)
    signs = (char if char.isprintable() else " " for char in clean_line(login.hide(words)))
    return " ".join("".join(signs).split())[:_SHOWN].strip(" .")


def error_field(body: bytes) -> str:
    """What a refusal says in its JSON; "" where that is no text."""
    try:
        value = json.loads(body[:_READ])
    except (ValueError, RecursionError):
        return ""
    error = value.get("error") if isinstance(value, dict) else None
    return error if isinstance(error, str) else ""
