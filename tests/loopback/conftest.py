"""A loopback Hub for the tests of this room; none may leave an error behind in the server."""

from collections.abc import Iterator

import httpx2
import pytest

from tests.loopback import LoopbackHub, default_world


@pytest.fixture
def hub() -> Iterator[LoopbackHub]:
    with LoopbackHub(default_world()) as running:
        yield running
    assert running.crashes == []


@pytest.fixture
def client(hub: LoopbackHub) -> Iterator[httpx2.Client]:
    # certificates take 40 ms to load, and plain http needs none
    with httpx2.Client(base_url=hub.url, timeout=20, verify=False) as opened:
        yield opened
