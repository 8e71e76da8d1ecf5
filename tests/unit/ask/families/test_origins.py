"""Where the models of a list come from, against counts of the table and of the made rows."""

import csv
import json
from collections import Counter
from pathlib import Path

import pytest

from tests.loopback import LoopbackHub, World
from tests.loopback.shared import shared_data, world_from_shared
from tests.unit.ask.families.made import NOW
from tests.unit.ask.families.places import Place, last
from tui.analysis.origins.origins import Origins
from tui.ask.lists import newest, origins, trending
from tui.hub import endpoints
from tui.model import BadInput, Lens, RateLimited, View
from tui.model.when import iso

UPLOADER = Lens(origin="uploader")


def weights(view: View) -> dict[str, float]:
    """The weight of each origin; thirds rounded, for they are compared."""
    found: Origins = view.value.origins
    return {share.origin: round(share.weight, 9) for share in found.shares}


def small() -> World:
    world = World()
    world.model("Qwen/Qwen3-8B", downloads=90)
    world.model("meta-llama/Llama-3.1-8B", downloads=80)
    world.model("nvidia/Cosmos-Reason1-7B", base=("finetune", ["Qwen/Qwen3-8B"]), trendingScore=9)
    world.model(
        "me/merge", base=("merge", ["Qwen/Qwen3-8B", "meta-llama/Llama-3.1-8B"]), trendingScore=8
    )
    world.model("me/deep", base=("quantized", ["you/middle"]), trendingScore=7)
    world.model("you/middle", base=("finetune", ["Qwen/Qwen3-8B"]))
    world.model("me/moved", base=("finetune", ["you/former"]), trendingScore=6)
    world.rename("you/former", "you/middle")
    world.model("me/lost", base=("finetune", ["gone/ghost"]), trendingScore=5)
    for at in range(trending.PAGE):  # so that no base stands in the list's first page
        world.model(f"other/row-{at}", trendingScore=1)
    return world


class TestSmall:
    @pytest.fixture
    def world(self) -> World:
        return small()

    async def test_cosmos_flips_and_a_merge_across_countries_is_split(
        self, hub: LoopbackHub, place: Place
    ) -> None:
        sources = place.open()
        view = await last(sources, origins.stream(sources, "trending", Lens(), 2))
        assert weights(view) == {"CN": 1.5, "US": 0.5}
        assert (view.complete, view.source) == (True, "hub")
        assert weights(origins.again(sources, view, UPLOADER)) == {"US": 1, "??": 1}
        assert weights(origins.again(sources, view, Lens(origin="lab"))) == {"US": 1.5, "CN": 0.5}
        bases = [request.path for request in hub.seen("/api/models/")]
        assert sorted(bases) == [
            "/api/models/Qwen/Qwen3-8B", "/api/models/meta-llama/Llama-3.1-8B",
        ]  # fmt: skip

    async def test_bases_are_walked_up_once_under_old_names_too(
        self, hub: LoopbackHub, place: Place
    ) -> None:
        sources = place.open()
        view = await last(sources, origins.stream(sources, "trending", Lens(), 5))
        assert weights(view) == {"CN": 3.5, "US": 0.5, "??": 1}
        figure = view.measures and view.measures["origin.CN"]
        assert figure
        assert (figure.value, figure.bound, figure.kind) == (3.5, (3.5, 4.5), "exact")
        assert figure.coverage is not None
        assert figure.coverage.done == figure.coverage.total == 5
        looked_up = len(hub.seen("/api/models/"))
        sources = place.open()
        again = await last(sources, origins.stream(sources, "trending", Lens(), 5))
        assert weights(again) == weights(view)
        assert again.source == "mixed"
        assert len(hub.seen("/api/models/")) == looked_up
        hub.stop()
        stored = origins.peek(place.open(offline=True), "trending", Lens(), 5)
        assert stored is not None
        assert (weights(stored), stored.stale) == (weights(view), True)

    async def test_a_walk_cut_short_is_an_estimate_and_goes_on(
        self, hub: LoopbackHub, place: Place
    ) -> None:
        sources = place.open()
        asked = origins.stream(sources, "trending", Lens(), 5, max_calls=2)
        view = await last(sources, asked)
        assert not view.complete
        assert view.measures
        assert {figure.kind for figure in view.measures.values()} == {"estimate"}
        assert len(hub.seen("/api/models/")) == 2
        sources = place.open()
        whole = await last(sources, origins.stream(sources, "trending", Lens(), 5))
        assert whole.complete
        paths = Counter(request.path for request in hub.seen("/api/models/"))
        paths["/api/models/you/middle"] -= 1  # where the former name leads to
        assert set(paths.values()) == {1}

    async def test_a_limit_leaves_the_shares_that_are_there(
        self, hub: LoopbackHub, place: Place
    ) -> None:
        hub.limits.quotas = {"api": 2}
        sources = place.open()
        asked = origins.stream(sources, "trending", Lens(), 5, lane="foreground")
        view = await last(sources, asked)
        assert isinstance(view.problems[0], RateLimited)
        assert sum(share.weight for share in view.value.origins.shares) == 5
        assert not view.complete

    def test_a_list_of_no_name(self, place: Place) -> None:
        with pytest.raises(BadInput, match="trending, downloads, new"):
            origins.peek(place.open(), "likes", Lens())


class TestReal:
    @pytest.fixture
    def folder(self) -> Path:
        folder = shared_data()
        if folder is None:
            pytest.skip("no shared data beside this checkout")
        return folder

    @pytest.fixture
    def world(self, folder: Path) -> World:
        return world_from_shared(folder)

    async def test_the_trending_list_by_uploader_equals_the_table_and_differs_by_root(
        self, hub: LoopbackHub, place: Place, folder: Path
    ) -> None:
        hub.limits.quotas = {"api": 5000}
        with (folder / "orgs.csv").open(encoding="utf-8") as lines:
            countries = {row["org"].lower(): row["country"] for row in csv.DictReader(lines)}
        capture = folder / "captures" / "DERIVED__models-list-1000-raw-shape.json"
        ids = [row["id"] for row in json.loads(capture.read_text("utf-8"))]
        for top in (10, 30, 100):
            sources = place.open()
            view = await last(sources, origins.stream(sources, "trending", UPLOADER, top))
            ranked = [row["id"] for row in self.served(hub, top)]
            plain = Counter(countries.get(name.split("/")[0].lower(), "??") for name in ranked)
            assert weights(view) == plain
            if top == 10:
                assert set(ranked) <= set(ids)
                assert plain == {"CN": 5, "US": 3, "FR": 1, "??": 1}
            sources = place.open()
            rooted = await last(sources, origins.stream(sources, "trending", Lens(), top))
            assert rooted.complete
            assert sum(share.weight for share in rooted.value.origins.shares) == pytest.approx(top)
            assert rooted.value.origins.unknown <= view.value.origins.unknown
        assert weights(rooted) != weights(view)

    @staticmethod
    def served(hub: LoopbackHub, top: int) -> list[dict[str, str]]:
        from urllib.request import urlopen

        with urlopen(f"{hub.url}/api/models?sort=trendingScore&limit={top}") as answer:
            found: list[dict[str, str]] = json.load(answer)
            return found


COUNT = 250  # three pages of a hundred


def window(world: World, hours: float, count: int = COUNT) -> None:
    """So many finetunes of two countries, spread evenly over the hours before now."""
    for at in range(count):
        base = "Qwen/Qwen3-8B" if at % 3 else "meta-llama/Llama-3.1-8B"
        world.model(
            f"user{at % 80}/new-{at:04}",
            base=("finetune" if at % 2 else "adapter", [base]),
            createdAt=iso(NOW - at * hours * 3600 / count).replace("Z", ".000Z"),
        )


class TestNewest:
    @pytest.fixture
    def world(self) -> World:
        world = World()
        world.model("Qwen/Qwen3-8B")
        world.model("meta-llama/Llama-3.1-8B")
        window(world, 8 * 24)
        return world

    @pytest.fixture(autouse=True)
    def _short_pages(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(endpoints, "PAGE_LIMIT", 100)

    async def test_a_week_is_sampled_with_its_error(self, hub: LoopbackHub, place: Place) -> None:
        sources = place.open()
        view = await last(sources, origins.stream(sources, "new", Lens()))
        found = view.rows[0]
        hour = 8 * 24 / COUNT
        rows = [at for at in range(COUNT) if at % 2 and 6 <= at * hour <= 7 * 24]
        assert found.origins.n == len(rows)
        china = next(share for share in found.origins.shares if share.origin == "CN")
        assert china.weight == sum(at % 3 > 0 for at in rows)
        assert china.ci is not None
        assert china.ci[0] < china.share < china.ci[1]
        assert found.lens.relations == ("finetune",)
        assert found.window == (iso(NOW - 7 * 86400), iso(NOW - 6 * 3600))
        assert found.left_out["of another relation"] > 0
        assert view.complete
        assert len(hub.seen("/api/models?sort=createdAt")) == 3
        every = origins.peek(
            place.open(offline=True), "new", Lens(), relations=("finetune", "adapter")
        )
        assert every is not None
        assert every.rows[0].origins.n == len([a for a in range(COUNT) if 6 <= a * hour <= 7 * 24])

    async def test_cut_off_it_goes_on_and_a_later_look_joins(
        self, hub: LoopbackHub, place: Place, world: World
    ) -> None:
        sources = place.open()
        part = await last(sources, origins.stream(sources, "new", UPLOADER, max_calls=1))
        assert not part.complete
        assert part.rows[0].window[0] > iso(NOW - 7 * 86400)
        sources = place.open()
        whole = await last(sources, origins.stream(sources, "new", UPLOADER))
        assert whole.complete
        assert len(hub.seen("/api/models?sort=createdAt")) == 3
        for at in range(10):
            world.model(
                f"later/one-{at}",
                base=("finetune", ["Qwen/Qwen3-8B"]),
                createdAt=iso(NOW + 3600 + at).replace("Z", ".000Z"),
            )
        place.now = lambda: NOW + 12 * 3600
        later = place.open()
        look = newest.Newest(later)
        assert [step.path for step in look.steps()] == [None]
        view = await last(later, origins.stream(later, "new", UPLOADER))
        assert view.complete
        assert len(hub.seen("/api/models?sort=createdAt")) == 4  # the settled part is not reread
        ids = [row.id for row in newest.Newest(place.open(offline=True)).window().rows]
        assert len(ids) == len(set(ids)) == COUNT + 12
