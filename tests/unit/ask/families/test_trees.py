"""Trees of every awkward shape: the right roots, in few calls."""

import pytest

from tests.loopback import LoopbackHub, World
from tests.unit.ask.families.places import Place, last
from tui.ask.lineage import family_tree
from tui.ask.lineage.family_tree import Tree
from tui.model import NotFound, Offline, RateLimited


async def tree(place: Place, repo_id: str) -> Tree:
    sources = place.open()
    view = await last(sources, family_tree.stream(sources, repo_id))
    assert view.complete
    found: Tree = view.rows[0]
    return found


CASES = {
    "loop/self": ((), ("loop/self",), 1),
    "loop/left": (("loop/right",), ("loop/left",), 1),
    "loop/one": (("loop/two", "acme/base"), ("acme/base",), 1),
    "lost/orphan": (("gone/ghost",), ("gone/ghost",), 0),
    "plain/bare-tag": (("google/gemma-3-4b-it",), ("google/gemma-3-4b-it",), 0),
    "mix/two-countries": (
        ("Qwen/Qwen3-8B", "meta-llama/Llama-3.1-8B"),
        ("Qwen/Qwen3-8B", "meta-llama/Llama-3.1-8B"),
        0,
    ),
    "stepson/of-cosmos": (("nvidia/Cosmos-Reason1-7B", "Qwen/Qwen3-8B"), ("Qwen/Qwen3-8B",), 0),
    "acme/base": ((), ("acme/base",), 0),
}


@pytest.mark.usefixtures("hub")
@pytest.mark.parametrize("repo_id", CASES)
async def test_bases_and_roots(place: Place, repo_id: str) -> None:
    ancestors, roots, cycles = CASES[repo_id]
    found = await tree(place, repo_id)
    assert tuple(one.id for one in found.ancestors) == ancestors
    assert set(found.roots) == set(roots)
    assert len(found.cycles) == cycles
    assert [one.missing for one in found.ancestors] == [
        one.id.startswith("gone/") for one in found.ancestors
    ]


async def test_thirty_steps_up_each_asked_once(hub: LoopbackHub, place: Place) -> None:
    found = await tree(place, "chain/step-30")
    assert [one.depth for one in found.ancestors] == list(range(1, 31))
    assert found.roots == ("acme/base",)
    asked = [request.path for request in hub.seen("/api/models/")]
    assert len(asked) == len(set(asked)) == 31
    half = await tree(place, "chain/step-15")
    assert len(half.ancestors) == 15
    assert len(hub.seen("/api/models/")) == 32  # its bases are stored


@pytest.mark.usefixtures("hub")
async def test_a_merge_of_sixty_five(place: Place) -> None:
    found = await tree(place, "mix/many")
    assert len(found.ancestors) == 65
    assert sum(one.missing for one in found.ancestors) == 64
    assert len(found.roots) == 64  # as many as are kept


@pytest.mark.usefixtures("hub")
async def test_children_by_relation(place: Place) -> None:
    found = await tree(place, "Qwen/Qwen3-8B")
    counts = {name: len(branch.repos) for name, branch in found.children.items()}
    assert counts == {"finetune": 4, "adapter": 3, "quantized": 4, "merge": 4, "unknown": 0}
    assert all(branch.whole for branch in found.children.values())
    bare = await tree(place, "google/gemma-3-4b-it")
    assert [repo.id for repo in bare.children["unknown"].repos] == ["plain/bare-tag"]
    stored = family_tree.peek(place.open(offline=True), "Qwen/Qwen3-8B")
    assert stored is not None
    kept = {name: len(branch.repos) for name, branch in stored.rows[0].children.items()}
    assert (kept, stored.source, stored.stale) == (counts, "cache", True)


@pytest.mark.usefixtures("hub")
async def test_many_children_come_a_hundred_at_a_time(place: Place, world: World) -> None:
    for at in range(130):
        world.model(f"q/a-{at:03}", base=("adapter", ["acme/base"]), downloads=at)
        world.model(f"q/f-{at:03}", base=("finetune", ["acme/base"]), downloads=500 + at)
    found = await tree(place, "acme/base")
    first = found.children["adapter"]
    assert (len(first.repos), first.total, first.whole) == (100, 130, False)
    assert first.repos[0].id == "q/a-129"
    sources = place.open()
    rest = await family_tree.expand(sources, "acme/base", "adapter", first)
    await sources.close()
    assert (len(rest.repos), len({repo.id for repo in rest.repos}), rest.whole) == (130, 130, True)
    assert (len(found.children["merge"].repos), found.children["merge"].whole) == (2, True)


@pytest.mark.usefixtures("hub")
async def test_an_old_name_is_the_repo_of_today(place: Place, world: World) -> None:
    world.model("kid/of-old", base=("finetune", ["acme/old-base"]))
    found = await tree(place, "kid/of-old")
    assert found.roots == ("acme/base",)
    assert not any(one.missing for one in found.ancestors)
    assert (await tree(place, "ACME/old-base")).repo.id == "acme/base"


async def test_troubles(hub: LoopbackHub, place: Place) -> None:
    sources = place.open()
    with pytest.raises(NotFound):
        await last(sources, family_tree.stream(sources, "nobody/never-was"))
    sources = place.open(offline=True)
    with pytest.raises(Offline):
        await last(sources, family_tree.stream(sources, "acme/base"))
    assert family_tree.peek(place.open(offline=True), "acme/base") is None
    hub.limits.quotas = {"api": 6}
    hub.limits.begin_window()
    sources = place.open()
    view = await last(sources, family_tree.stream(sources, "chain/step-10", lane="foreground"))
    assert isinstance(view.problems[0], RateLimited)
    assert not view.complete
    assert view.rows[0].unresolved
