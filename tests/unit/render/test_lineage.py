"""A family tree as rows."""

import pytest

from tui.analysis.lineage.graph import Ancestor
from tui.ask.lineage.children import Branch
from tui.ask.lineage.family_tree import Tree
from tui.model import Repo
from tui.render import lineage
from tui.render.spans import line_width, plain

NOW = 1_795_000_000.0
CHILD = Repo("bo/" + "long-name-" * 8 + "GGUF", downloads=1200, likes=3)
TREE = Tree(
    Repo("ann/tune"),
    (
        Ancestor("acme/instruct", "finetune", 1, False),
        Ancestor("acme/base", "finetune", 2, False),
        Ancestor("gone/ghost", "merge", 1, True),
    ),
    ("acme/base", "gone/ghost"),
    (("loop/a", "loop/b"), ("loop/self",)),
    {
        "finetune": Branch("finetune", (), 312),
        "quantized": Branch("quantized", (CHILD,), 1, whole=True),
        "merge": Branch("merge", (), 0, whole=True),
        "unknown": Branch("unknown"),
    },
    ("far/away",),
)


def keys(opened: set[str]) -> list[str]:
    return [node.key for node in lineage.nodes(TREE, opened)]


def test_bases_stand_above_the_farthest_first_and_children_below() -> None:
    assert keys(set()) == [
        "base acme/base",
        "base acme/instruct",
        "base gone/ghost",
        "self ann/tune",
        "branch finetune",
        "branch quantized",
        "branch unknown",
        "note cycle: loop/a → loop/b → loop/a",
        "note cycle: loop/self names itself",
        "note not looked up: far/away",
    ]


def test_an_open_branch_shows_its_children_and_what_is_left() -> None:
    assert keys({"quantized"})[5:7] == ["branch quantized", f"child {CHILD.id}"]
    nodes = lineage.nodes(TREE, {"finetune"})
    assert [node.words for node in nodes if node.kind == "more"] == ["… 312 more, ⏎ fetches them"]


def test_what_is_known_of_a_base_is_said() -> None:
    said = {node.text: node.words for node in lineage.nodes(TREE, set())}
    assert said["acme/base"] == "finetune ↑2 · root"
    assert said["gone/ghost"] == "merge ↑1 · root · missing"


@pytest.mark.parametrize("width", [60, 80, 120])
def test_every_row_has_the_width_and_keeps_both_ends_of_a_name(width: int) -> None:
    nodes = lineage.nodes(TREE, {"quantized", "finetune"})
    for node in nodes:
        line = lineage.row(node, width, NOW, cursor=node.kind == "self")
        assert line_width(line) == width, node
        assert len(line) <= 3
    child = next(node for node in nodes if node.kind == "child")
    text = plain(lineage.row(child, width, NOW, cursor=False))
    assert "long" in text
    assert "GGUF" in text
    assert "1.2k" in text
    assert line_width(lineage.header(width)) == width


def test_thirty_generations_still_fit_sixty_cells() -> None:
    bases = tuple(Ancestor(f"chain/step-{n:02}", "finetune", n, False) for n in range(1, 31))
    deep = TREE._replace(ancestors=bases)
    for node in lineage.nodes(deep, {"quantized"}):
        line = lineage.row(node, 60, NOW, cursor=False)
        assert line_width(line) == 60
        if node.kind == "base":
            assert node.text in plain(line)


def test_each_kind_of_row_is_defined() -> None:
    for node in lineage.nodes(TREE, {"quantized", "finetune"}):
        assert lineage.definition(node, TREE)
    assert lineage.definition(None, TREE) == ""


def test_licences_notes_and_what_was_not_looked_up_stand_in_the_tree() -> None:
    tree = Tree(
        Repo("me/child", license="apache-2.0"),
        (
            Ancestor("b/base", "finetune", 1, False, license="llama3.1"),
            Ancestor("c/far", "finetune", 2, True),
        ),
        (),
        (),
        {},
        unresolved=("c/far",),
        stricter=("base b/base: Llama 3.1 Community License",),
        needs=("b/base", "c/far"),
    )
    made = lineage.nodes(tree, ())
    assert [(node.text, node.words) for node in made[:3]] == [
        ("c/far", "finetune ↑2 · not looked up"),
        ("b/base", "finetune ↑1 · llama3.1"),
        ("me/child", "this repo · apache-2.0"),
    ]
    assert [node.text for node in made if node.kind == "note"] == [
        "not looked up: c/far",
        "base b/base: Llama 3.1 Community License",
        "to run it takes b/base, c/far beside it",
    ]
