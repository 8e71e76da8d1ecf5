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
    assert MIRROR.redirected("https://mirror.example/hf/api/models/A/b", location) == path


@pytest.mark.parametrize(
    "location",
    [
        "https://huggingface.co/a",
        "http://mirror.example/hf/a",
        "https://mirror.example:8443/a",
        "//evil.example/a",
        "https://mirror.example@evil.example/",
        "file:///etc/passwd",
        "https://[",
    ],
)
def test_redirects_elsewhere_are_refused(location: str) -> None:
    with pytest.raises(Unreadable, match=r"mirror\.example redirects to"):
        MIRROR.redirected("https://mirror.example/hf/a", location)


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
