"""A transport that answers the Hub's requests from the bundled facts, without a network.

It speaks as the Hub does to an anonymous caller: the same paths, parameters, errors and paging.
Every answer has ``x-sample-date``, the dates of the facts as an ISO 8601 interval. No answer has
rate-limit headers, for nothing is limited.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from tui.hub.wire import Answer
from tui.model import SORTS, Unreadable
from tui.sample.card import summary
from tui.sample.facts import Record, Sample, load, sample_date
from tui.sample.items import allowed, item
from tui.sample.listing import chosen, ordered

_KINDS = {"models": "model", "datasets": "dataset", "spaces": "space"}
_LIMIT = 1000
_NO_PAGE = "Sorry, the bundled sample has no such page."
_ASKED = {"search", "author", "filter", "pipeline_tag", "sort", "direction", "limit", "cursor"}
_SHAPING = {"expand", "full", "cardData", "config", "blobs", "securityStatus"}
# what narrows a list at the Hub and is asked of its rows again: the sample leaves it to that
_ASKED |= {"num_parameters", "gated", "inference_provider"}
_JSON = {"content-type": "application/json; charset=utf-8"}
_MARKDOWN = {"content-type": "text/plain; charset=utf-8"}

Parameters = dict[str, list[str]]


class _Refusal(Exception):
    """An answer that is an error of the Hub: status, message and, if any, its error code."""

    def __init__(self, status: int, message: str, code: str | None = None) -> None:
        super().__init__(message)
        self.status, self.message, self.code = status, message, code


class _Moved(Exception):
    """The repo is found under another spelling: the path and query to ask instead."""


class SampleWire:
    """The Hub as the bundled facts know it; a ``Wire``. The facts are read at the first request."""

    async def get(
        self,
        url: str,
        headers: Mapping[str, str],
        *,
        cap: int,
        timeout: float,  # noqa: ASYNC109 - the protocol's word
    ) -> Answer:
        """Answer ``url`` at once. ``Unreadable`` is raised where the body is over ``cap`` bytes.

        ``headers`` and ``timeout`` change nothing: there is no login, no cache and no wait.
        """
        answer = _answer(url)
        if len(answer.body) > cap:
            raise Unreadable(f"the answer is over {cap} bytes; ask for fewer rows")
        return answer

    async def close(self) -> None:
        """Do nothing: no connection is held."""


def _answer(url: str) -> Answer:
    """Answer one URL; refusals and redirects become answers as the Hub words them."""
    oldest, newest = sample_date()
    head = {"x-sample-date": f"{oldest}/{newest}"}
    try:
        page_head, body = _route(url, load())
    except _Refusal as refusal:
        head |= _JSON | {"x-error-message": refusal.message}
        if refusal.code:
            head["x-error-code"] = refusal.code
        return Answer(refusal.status, head, _dumped({"error": refusal.message}), url)
    except _Moved as moved:
        return Answer(307, head | {"location": str(moved)}, b"Temporary Redirect", url)
    return Answer(200, head | page_head, body, url)


def _route(url: str, sample: Sample) -> tuple[dict[str, str], bytes]:
    parts = urlsplit(url)
    path = [unquote(part) for part in parts.path.strip("/").split("/")]
    parameters = _parameters(parts.query)
    if path[0] == "api" and len(path) > 1 and path[1] in _KINDS:
        kind, parts_left = _KINDS[path[1]], path[2:]
        if not parts_left:
            return _list(url, parameters, kind, sample)
        return _JSON, _dumped(_one(url, parts_left, parameters, kind, sample))
    if "resolve" in path:
        kind, parts_left = (_KINDS[path[0]], path[1:]) if path[0] in _KINDS else ("model", path)
        return _MARKDOWN, _readme(url, parts_left, kind, sample)
    raise _Refusal(404, _NO_PAGE)


def _list(
    url: str, parameters: Parameters, kind: str, sample: Sample
) -> tuple[dict[str, str], bytes]:
    """One page of a list, and in its head the address of the next one."""
    unknown = set(parameters) - _ASKED - _SHAPING
    if unknown:
        raise _Refusal(400, f"The bundled sample cannot answer by {', '.join(sorted(unknown))}")
    expand = _expand(parameters, kind, detail=False)
    rows = ordered(sample, chosen(sample, kind, parameters), _sort(parameters))
    start, limit = _start(parameters), _limit(parameters)
    page = [item(sample, record, expand) for record in rows[start : start + limit]]
    head = dict(_JSON)
    if start + limit < len(rows):
        head["link"] = f'<{_next(url, start + limit)}>; rel="next"'
    return head, _dumped(page)


def _one(url: str, parts: list[str], parameters: Parameters, kind: str, sample: Sample) -> Any:
    """One repo by ``owner/name`` or ``name``; of its sub-pages the sample has none."""
    length = next((n for n in (2, 1) if sample.find(kind, "/".join(parts[:n]))), 0)
    record = _found("/".join(parts[: length or 2]), url, kind, sample)
    page = parts[length] if parts[length:] else None
    if page == "tree":
        raise _Refusal(404, "The bundled sample records no files", "EntryNotFound")
    if page not in (None, "revision"):
        raise _Refusal(404, _NO_PAGE)
    return item(sample, record, _expand(parameters, kind, detail=True), detail=True)


def _readme(url: str, parts: list[str], kind: str, sample: Sample) -> bytes:
    at = parts.index("resolve")
    record = _found("/".join(parts[:at]), url, kind, sample)
    if parts[at + 2 :] != ["README.md"]:
        raise _Refusal(404, "Entry not found", "EntryNotFound")
    return summary(sample, record).encode()


def _found(repo_id: str, url: str, kind: str, sample: Sample) -> Record:
    """The repo, a redirect to its own spelling, or that the sample does not hold it."""
    record = sample.find(kind, repo_id)
    if record is None:
        raise _Refusal(404, "Not among the dated facts of the bundled sample")
    if record.id != repo_id:
        parts = urlsplit(url)
        before, _, after = unquote(parts.path).rpartition(repo_id)
        path = quote(before + record.id + after)
        raise _Moved(f"{path}?{parts.query}" if parts.query else path)
    return record


def _parameters(query: str) -> Parameters:
    parameters: Parameters = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        parameters.setdefault(name.removesuffix("[]"), []).append(value)
    return parameters


def _expand(parameters: Parameters, kind: str, *, detail: bool) -> list[str]:
    names, allowed_names = parameters.get("expand", []), allowed(kind, detail=detail)
    if not set(names) <= set(allowed_names):
        raise _Refusal(400, f'"expand" must be one of [{", ".join(allowed_names)}]')
    return names


def _last(parameters: Parameters, name: str) -> str | None:
    return parameters[name][-1] if name in parameters else None


def _sort(parameters: Parameters) -> str:
    name = _last(parameters, "sort") or SORTS["trending"]
    if name not in SORTS.values():
        raise _Refusal(400, f'"sort" must be one of [{", ".join(SORTS.values())}]')
    return name


def _limit(parameters: Parameters) -> int:
    text = _last(parameters, "limit") or str(_LIMIT)
    if not text.isdecimal() or len(text) > len(str(_LIMIT)) or not 1 <= int(text) <= _LIMIT:
        raise _Refusal(400, f'"limit" must be a number from 1 to {_LIMIT}')
    return int(text)


def _start(parameters: Parameters) -> int:
    """The row that a cursor of ours names."""
    text = _last(parameters, "cursor")
    if text is None:
        return 0
    try:
        start = urlsafe_b64decode(text.encode()).decode()
    except ValueError:
        start = ""
    if not start.isdecimal() or len(start) > len(str(_LIMIT)):
        raise _Refusal(400, "Invalid cursor")
    return int(start)


def _next(url: str, start: int) -> str:
    parts = urlsplit(url)
    pairs = [pair for pair in parse_qsl(parts.query) if pair[0] != "cursor"]
    pairs.append(("cursor", urlsafe_b64encode(str(start).encode()).decode()))
    return parts._replace(query=urlencode(pairs)).geturl()


def _dumped(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
