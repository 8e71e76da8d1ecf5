"""A recount places only the rows that came since, and finds what a count from the start finds."""

import pytest

from tests.unit.analysis.data import child, repo
from tui.analysis.families import derivatives as counted
from tui.analysis.families.derivatives import Placings, derivatives
from tui.analysis.families.own_figures import own_repos
from tui.analysis.families.subject import Fetched, of_family
from tui.analysis.lineage.edges import edges_of
from tui.analysis.registry.registry import load
from tui.model import Repo


def test_a_recount_reads_new_rows_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    registry = load()
    subject = of_family(registry.require("qwen"), registry)
    base = "Qwen/Qwen3-8B"
    rows = [child(f"me/one-{at}", "finetune", base) for at in range(50)]
    rows.append(child("me/merge", "merge", base, "google/gemma-3-4b-it"))
    rows.append(child("me/foreign", "finetune", "google/gemma-3-4b-it"))
    fetched = Fetched(0.0, (repo(base),), children={base.lower(): tuple(rows)})
    own = own_repos(subject, fetched, False, registry)
    read: list[str] = []

    def reading(row: Repo, *given: object) -> object:
        read.append(row.id)
        return edges_of(row, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(counted, "edges_of", reading)
    kept = fetched._replace(placings=Placings())
    first = derivatives(subject, kept, own, False, registry)
    assert len(first) == 51
    assert len(read) == 52
    more = (*rows, child("me/new", "adapter", base))
    grown = kept._replace(children={base.lower(): more})
    second = derivatives(subject, grown, own, False, registry)
    assert read[52:] == ["me/new"]
    assert second == derivatives(subject, grown._replace(placings=None), own, False, registry)
    assert [one.fraction for one in second if one.repo.id == "me/merge"] == [0.5]
