"""Whatever comes over the wire: a value whose every text is clean, or one clear no."""

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.loopback import Request, default_world
from tests.loopback.quirks import Quirks
from tests.loopback.routes import Router
from tui.hub import endpoints, faults, parse
from tui.hub.budget import Budget
from tui.hub.login import Login
from tui.hub.origin import Origin
from tui.hub.readme import readme
from tui.hub.wire import Answer
from tui.model import Problem, Query, Row, Unreadable, View, clean, clean_line
from tui.output.forms import FORMATS, Context, lines
from tui.output.lists import output

HOSTILE = (
    "\x1b]52;c;aGFja2Vk\x07", "\x9b31m", "\u202egnp.exe", "a\nb\tc\r", "\ud800", "\U000e0041",
    "=cmd|' /C calc'!A0", "|a|b|", "[red]x[/red]", "../../etc/passwd", "x" * 3000,
    "é" + "\u0301" * 9,
)  # fmt: skip
VALUE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(HOSTILE),
    st.text(max_size=12),
    st.just([]),
    st.just({}),
    st.lists(st.sampled_from(HOSTILE), max_size=3),
    st.dictionaries(st.sampled_from(HOSTILE), st.integers(), max_size=3),
)
REPO = "Qwen/Qwen3-8B"
ENDPOINTS: dict[str, tuple[str, Callable[[bytes], object]]] = {
    "list": (endpoints.models_list(Query(), 5), lambda body: parse.rows(body, "model")),
    "datasets": ("/api/datasets?limit=4&full=true", lambda body: parse.rows(body, "dataset")),
    "spaces": ("/api/spaces?limit=4", lambda body: parse.rows(body, "space")),
    "detail": (endpoints.detail("model", REPO), lambda body: parse.detail(body, "model")),
    "children": (f"/api/models/{REPO}?expand=childrenModelCount", parse.children_counts),
    "tree": (f"/api/models/{REPO}/tree/main", parse.tree),
    "scan": (f"/api/models/{REPO}/scan", parse.scan),
    "org": ("/api/organizations/Qwen/overview", parse.org),
    "user": ("/api/users/ann/overview", parse.user),
    "discussions": (f"/api/models/{REPO}/discussions?status=open", parse.discussions_open),
}


def honest(target: str) -> Any:
    """What the loopback Hub answers, decoded."""
    parts = urlsplit(target)
    request = Request("GET", target, parts.path, parse_qs(parts.query), {})
    answer = Router(default_world(), Quirks()).answer(request)
    assert answer.status == 200, (target, answer.status)
    return json.loads(answer.body)


ANSWERS = {name: honest(target) for name, (target, _) in ENDPOINTS.items()}


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every container of a value, with the key or index of each of its parts."""
    keys = list(value) if isinstance(value, dict) else range(len(value))
    for key in keys if isinstance(value, dict | list) else ():
        yield value, key
        if isinstance(value[key], dict | list):
            yield from places(value[key])


@st.composite
def spoilt(draw: st.DrawFn) -> tuple[str, bytes]:
    """An endpoint, and its honest answer with some parts replaced."""
    name = draw(st.sampled_from(sorted(ANSWERS)))
    answer = copy.deepcopy(ANSWERS[name])
    for _ in range(draw(st.integers(1, 6))):
        found = list(places(answer))
        if not found:
            break
        container, key = draw(st.sampled_from(found))
        container[key] = draw(VALUE)
    return name, json.dumps(answer).encode()


def texts(value: object) -> Iterator[str]:
    """Every text in a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from (*texts(name), *texts(part))
    elif isinstance(value, tuple | list | set | frozenset):
        for part in value:
            yield from texts(part)


@settings(max_examples=300)
@given(spoilt())
def test_of_any_answer_every_text_is_clean(made: tuple[str, bytes]) -> None:
    name, body = made
    value: object = ()
    try:
        value = ENDPOINTS[name][1](body)
    except Unreadable as refused:
        value = str(refused)
    for text in texts(value):
        assert clean(text) == text
    if isinstance(value, parse.Rows):
        view = View(rows=value.rows, source="hub", as_of=1.0)
        assert_written(lambda: output(view_of(view), Context("search", "https://hub.test", 2e9)))


def view_of(view: View[Any]) -> View[Any]:
    """The rows as a list has them: each with its rank."""
    rows = tuple(Row(rank, repo) for rank, repo in enumerate(view.rows, 1))
    return view._replace(rows=rows, query=Query())


def assert_written(made: Callable[[], Any]) -> None:
    """In every form the answer can be written, and no line of it steers a terminal."""
    for form in FORMATS:
        for line in lines(made(), form):
            assert clean_line(line.replace("\t", " ")) == line.replace("\t", " ")
            line.encode("utf-8")


@pytest.mark.parametrize("name", sorted(ENDPOINTS))
def test_the_honest_answers_are_read(name: str) -> None:
    assert ENDPOINTS[name][1](json.dumps(ANSWERS[name]).encode()) is not None


@given(st.binary(max_size=200))
def test_of_any_bytes_a_card_is_clean_text(body: bytes) -> None:
    text = readme(body)
    assert clean(text) == text


HEADER = st.text(st.characters(min_codepoint=9, max_codepoint=255), max_size=60)


@given(
    st.integers(100, 599),
    st.binary(max_size=60),
    HEADER,
    HEADER,
    st.sampled_from(["", "GatedRepo"]),
)
@example(400, b"", "no\xa0break, soft\xadhyphen", "", "")
def test_of_any_refusal_one_clean_line_is_said(
    status: int, body: bytes, words: str, name: str, code: str
) -> None:
    headers = {"x-error-message": f"{words} hf_secret", "x-error-code": code or name}
    login = Login("hf_secret")
    line = str(faults.problem(Answer(status, headers, body, ""), "acme/base", "hub.test", login))
    assert line.isprintable()
    assert ";" in line
    assert "hf_secret" not in line
    assert isinstance(faults.problem(Answer(status, headers, body, ""), "x", "h", login), Problem)


@given(HEADER | st.just('<https://huggingface.co/api/models?cursor=a>; rel="next"'))
def test_of_any_link_only_a_path_of_the_api_is_followed(link: str) -> None:
    path = Origin("https://mirror.test/hf").next(link)
    assert path is None or path.startswith("/api/")


@given(HEADER)
def test_of_any_redirect_the_next_address_is_one_or_it_is_refused(location: str) -> None:
    origin = Origin("https://mirror.test")
    try:
        hop = origin.follow("https://mirror.test/api/models?limit=5", location)
    except Unreadable:
        return
    parts = urlsplit(hop.url)
    assert parts.scheme == "https"
    assert parts.username is None
    assert not hop.own or parts.hostname == "mirror.test"


COUNTS = st.text('"api";=rtqw 0123456789-', max_size=40) | HEADER


@given(st.sampled_from([200, 429, 503]), COUNTS, COUNTS, COUNTS)
def test_no_count_of_the_window_is_too_odd(
    status: int, limit: str, policy: str, after: str
) -> None:
    budget = Budget()
    headers = {"ratelimit": limit, "ratelimit-policy": policy, "retry-after": after}
    assert budget.learn("api", status, headers) >= 0
    assert budget.left is None or budget.left >= 0
