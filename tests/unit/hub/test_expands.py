"""Fields that the Hub has withdrawn cost one question each, and never a card or a list."""

import pytest

from tests.loopback import LoopbackHub, faults
from tests.unit.hub.conftest import LIST, Clock
from tui.hub.client import Hub
from tui.hub.expands import Expands, without
from tui.hub.http import HttpWire
from tui.model import BadInput

REFUSAL = '{"error":"✖ Invalid option: expected one of \\"author\\"|\\"tags\\"|\\"model-index\\""}'
GONE = frozenset({"gguf", "downloadsAllTime", "evalResults"})


async def test_three_names_are_dropped_once_and_remembered_for_lists_and_repos_apart(
    loopback: LoopbackHub, clock: Clock
) -> None:
    told: list[str] = []
    hub = Hub(HttpWire(), loopback.url, tell=told.append, clock=clock, sleep=clock.sleep)
    loopback.quirks.withdrawn = GONE | {"likes"}
    got = await hub.detail("model", "Qwen/Qwen3-8B")
    assert got.value.repo.downloads == 10_000_000
    assert got.value.repo.downloads_all_time is None
    assert not any(f"expand={name}" in got.url for name in loopback.quirks.withdrawn)
    await hub.detail("model", "acme/base")
    assert len(loopback.requests) == 3
    assert (await hub.page(LIST, "model")).rows  # it was not refused for lists yet
    assert (await hub.page(LIST, "model")).rows[0].likes is None
    assert len(loopback.requests) == 6
    space = await hub.detail("space", "ann/show-gradio")
    assert space.value.repo.sdk == "gradio"
    assert len(loopback.requests) == 8
    host = loopback.url.partition("//")[2]
    assert told[0] == (
        f"{host} does not tell downloadsAllTime, evalResults, gguf, likes; "
        "what rests on it stays unknown"
    )
    await hub.close()


async def test_a_400_for_another_reason_teaches_nothing(loopback: LoopbackHub, hub: Hub) -> None:
    said = faults.respond(400, REFUSAL.encode(), {"Content-Type": "application/json"})
    loopback.fault("/api/models", said, times=2)
    with pytest.raises(BadInput, match="expected one of"):
        await hub.page(LIST, "model")
    assert "expand=likes" in (await hub.page(LIST, "model")).url
    assert len(loopback.requests) == 3


def test_what_is_read_out_of_a_refusal() -> None:
    known = Expands()
    path = "/api/models/a/b?expand=author&expand%5B%5D=likes&expand[]=model-index&limit=3"
    assert known.refused(path, REFUSAL.encode()) == {"likes"}
    assert without(path, frozenset({"likes"})) == (
        "/api/models/a/b?expand=author&expand[]=model-index&limit=3"
    )
    known.learn(path, frozenset({"likes"}))
    assert known.fitted("/api/models/c/d?expand=likes") == "/api/models/c/d"
    assert known.fitted("/api/models?expand=likes") == "/api/models?expand=likes"
    assert known.fitted("/api/datasets/c/d?expand=likes") == "/api/datasets/c/d?expand=likes"


@pytest.mark.parametrize("body", [b"", b"[]", b'{"error":3}', b'{"error":"expected one of"}', b"{"])
def test_a_refusal_that_lists_nothing(body: bytes) -> None:
    assert Expands().refused("/api/models?expand=likes", body) == frozenset()
    assert Expands().refused("/api/whoami-v2", REFUSAL.encode()) == frozenset()
