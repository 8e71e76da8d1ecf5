"""The facts as labelled lines, and what is told beside them."""

import pytest

from tui.model import Access, Detail, Repo
from tui.render import facts
from tui.render.spans import line_width

NOW = 1_795_000_000.0


def told(
    repo: Repo,
    discussions: tuple[int, float] | None = None,
    access: tuple[Access, float] | None = None,
    *,
    login: bool = True,
) -> dict[str, str]:
    said = facts.of_repo(repo, NOW)
    return dict(facts.with_extras(said, discussions, access, NOW, login=login))


@pytest.mark.parametrize(
    ("gate", "words"),
    [("auto", "yes, opened automatically"), ("manual", "yes, opened by its owner")],
)
def test_a_gate_says_whose_it_is_to_open(gate: str, words: str) -> None:
    repo = Repo("acme/a", gated=gate)
    assert told(repo)["gated"] == words
    assert told(repo, access=(Access(True), NOW))["gated"] == f"{words} · this login has access"
    old = told(repo, access=(Access(False, "Ask its owner"), NOW - 7200))["gated"]
    assert old == f"{words} · this login has no access (2h ago): Ask its owner"
    nobody = told(repo, access=(Access(True), NOW), login=False)["gated"]
    assert nobody == f"{words}; log in to see whether you have access"


@pytest.mark.parametrize("gate", [False, None, "some day"])
def test_where_no_gate_is_known_nothing_is_said_of_access(gate: str | bool | None) -> None:
    repo = Repo("acme/a", gated=gate)
    open_gate = told(repo, access=(Access(True), NOW))
    assert told(repo, login=False) == open_gate == dict(facts.of_repo(repo, NOW))


def test_open_discussions_stand_behind_the_likes() -> None:
    found = told(Repo("acme/a", likes=3), (1234, NOW - 59))
    assert list(found)[list(found).index("likes") + 1] == "discussions"
    assert found["discussions"] == "1,234 open"
    assert told(Repo("acme/a"), (0, NOW - 60))["discussions"] == "0 open (1m ago)"


@pytest.mark.parametrize(("known", "begins"), [(99, "a/0, "), (100, "100 or more: a/0, ")])
def test_the_hub_names_a_hundred_spaces_and_no_more(known: int, begins: str) -> None:
    detail = Detail(Repo("a/b"), spaces=tuple(f"a/{number}" for number in range(known)))
    said = dict(facts.of_detail(detail, NOW))["Spaces"]
    assert said.startswith(begins)
    assert said.endswith(f"and {known - 12} more")


@pytest.mark.parametrize("room", [40, 60, 100])
def test_a_description_in_chinese_stays_within_its_cells(room: int) -> None:
    about = facts.Fact("about", "通义千问是大语言模型，支持多种语言与代码。" * 8)
    drawn = facts.lines([about], room)
    assert len(drawn) > 1
    assert all(line_width(line) <= room for line in drawn)
