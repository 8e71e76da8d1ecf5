"""Which addresses are the endpoint's own."""

import pytest

from tui.hub.origin import Origin
from tui.model import Unreadable

MIRROR = Origin("https://mirror.example/hf")


@pytest.mark.parametrize(
    ("link", "path"),
    [
        ('<https://huggingface.co/api/models?cursor=x>; rel="next"', "/api/models?cursor=x"),
        ('<https://mirror.example/hf/api/models?cursor=x>; rel="next"', "/api/models?cursor=x"),
        ("<https://huggingface.co/api/m?a=1,2>; rel=next", "/api/m?a=1,2"),
        ('<https://x/api/a>; rel="prev", <https://x/api/b>; rel="next"', "/api/b"),
        ('<https://x/api/a>; rel="prev"', None),
        ('<https://evil.example/login>; rel="next"', None),
        ('<https://[/api/models>; rel="next"', None),
        ("", None),
    ],
)
def test_next_page_stays_here(link: str, path: str | None) -> None:
    assert MIRROR.next(link) == path


@pytest.mark.parametrize(
    ("location", "path"),
    [
        ("/api/models/a/b?expand=x", "/api/models/a/b?expand=x"),
        ("/hf/api/models/a/b", "/api/models/a/b"),
        ("https://mirror.example/hf/a", "/a"),
        ("https://mirror.example:443/hf/a", "/a"),
    ],
)
def test_redirects_on_the_endpoint(location: str, path: str) -> None:
    hop = MIRROR.follow("https://mirror.example/hf/api/models/A/b", location)
    assert hop == (MIRROR.url(path), True, None)


@pytest.mark.parametrize(
    "location",
    [
        "http://mirror.example/hf/a",
        "http://evil.example/a",
        "https://mirror.example@evil.example/",
        "https://me@mirror.example/hf/a",
        "file:///etc/passwd",
        "https://[",
    ],
)
def test_redirects_that_no_question_should_take_are_refused(location: str) -> None:
    with pytest.raises(Unreadable, match=r"mirror\.example redirects to"):
        MIRROR.follow("https://mirror.example/hf/a", location)


@pytest.mark.parametrize(
    ("location", "moved_to"),
    [
        ("https://huggingface.co/hf/a?x=1", "https://huggingface.co"),
        ("https://mirror.example:8443/hf/a?x=1", "https://mirror.example:8443"),
        ("//cdn.example/b?y=2", None),
    ],
)
def test_another_host_is_followed_as_a_stranger(location: str, moved_to: str | None) -> None:
    hop = MIRROR.follow("https://mirror.example/hf/a?x=1", location)
    assert (hop.own, hop.moved_to) == (False, moved_to)
    assert hop.url.startswith("https://")
    assert hop.url.endswith(location.rpartition("/")[2])


@pytest.mark.parametrize("host", ["hf.co", "www.huggingface.co", "huggingface.co"])
def test_the_hubs_names_are_one_hub(host: str) -> None:
    for endpoint in ("https://huggingface.co", "https://hf.co"):
        hop = Origin(endpoint).follow(f"{endpoint}/api/models?x=1", f"https://{host}/api/models")
        assert hop == (f"https://{host}/api/models?x=1", True, None)
    plain = Origin("http://huggingface.co").follow("http://huggingface.co/a", f"https://{host}/a")
    assert not plain.own


def test_a_redirect_without_a_query_keeps_the_one_that_was_asked() -> None:
    asked = "https://mirror.example/hf/api/models/old?expand=tags"
    assert MIRROR.follow(asked, "/api/models/new").url == MIRROR.url("/api/models/new?expand=tags")
    assert MIRROR.follow(asked, "/api/models/new?a=1").url == MIRROR.url("/api/models/new?a=1")


@pytest.mark.parametrize("path", ["@evil.example/", "//evil.example/", "", ".evil.example/"])
def test_a_path_cannot_leave_the_host(path: str) -> None:
    with pytest.raises(ValueError, match="no path"):
        MIRROR.url(path)


@pytest.mark.parametrize(
    ("endpoint", "private"),
    [
        ("https://huggingface.co", True),
        ("http://127.0.0.1:9", True),
        ("http://localhost:9", True),
        ("http://[::1]:9", True),
        ("http://huggingface.co", False),
        ("http://127.0.0.1.evil.example", False),
        ("http://localhost.evil.example", False),
    ],
)
def test_where_a_token_may_go(endpoint: str, private: bool) -> None:
    assert Origin(endpoint).private is private
