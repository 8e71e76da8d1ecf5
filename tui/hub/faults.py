"""What an answer that is no success means, in the Hub's own dialect of statuses and codes."""

import json

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

_SHOWN = 160


def problem(answer: Answer, subject: str, host: str, token: str | None) -> Problem:
    """The Problem of an answer about ``subject``, a repo id or other words for what was asked.

    An anonymous 401 without a code means "does not exist, or is private": the Hub does not tell
    them apart. ``token`` is the one that was sent; it is kept out of the line.
    """
    status, code = answer.status, answer.headers.get("x-error-code", "")
    said = _said(answer, token)
    if code == "GatedRepo":
        do = "ask for access on its page" if token else "log in with `hf auth login`"
        return Gated(f"{subject} is gated: its files need an accepted form; {do}")
    if status == 403 and "disabled" in said.lower():
        return NoAccess(f"{subject} is disabled on the Hub; its files cannot be read")
    if status == 401 or code == "RepoNotFound":
        return _hidden(code, subject, host, token)
    if code == "EntryNotFound":
        return NoFile(f"{said or 'No such file'} ({subject}); look at its page in a browser")
    if status in (404, 410):
        return NotFound(f"{said or 'Not found'} ({subject}); check the name on the Hub")
    if status in (403, 451):
        return NoAccess(f"{host} refuses {subject} to this login; check its page in a browser")
    if status >= 500:
        return ServerTrouble(f"{host} has trouble (HTTP {status}); try again later")
    if 400 <= status < 500:
        return BadInput(f"{host} refused the question (HTTP {status}): {said or 'no reason given'}")
    return Unreadable(f"{host} gave no answer (HTTP {status}); try again, or check HF_ENDPOINT")


def _hidden(code: str, subject: str, host: str, token: str | None) -> Problem:
    if token and code != "RepoNotFound":
        return NoAccess(f"{host} refuses the login token; run `hf auth login` or unset HF_TOKEN")
    subject = subject.rpartition(" of ")[2]  # of "the README of acme/base" the repo is not there
    if token:
        return NotFound(f"{subject} does not exist, or this login cannot see it; check the name")
    return NotFound(
        f"{subject} does not exist, or is private; log in with `hf auth login` to see private repos"
    )


def _said(answer: Answer, token: str | None) -> str:
    """The server's own words on one line, from its header or its JSON body."""
    words = answer.headers.get("x-error-message") or _error_field(answer.body)
    if token:
        words = words.replace(token, "…")
    return clean_line(words)[:_SHOWN].strip(" .")


def _error_field(body: bytes) -> str:
    try:
        value = json.loads(body[:10_000])
    except (ValueError, RecursionError):
        return ""
    error = value.get("error") if isinstance(value, dict) else None
    return error if isinstance(error, str) else ""
