"""The switches of the lens."""

import pytest

from tui.model import Lens
from tui.model.lens import DERIVED
from tui.render.lens import HEIGHT, SWITCHES, explained, panel, turn
from tui.render.spans import line_width, plain


def test_every_switch_changes_the_lens_and_comes_back() -> None:
    for switch in SWITCHES:
        seen = [Lens()]
        for _ in range(3):
            seen.append(turn(seen[-1], switch.letter))
        assert seen[1] != seen[0], switch.label
        assert seen[0] in seen[2:], switch.label


def test_every_field_of_the_lens_has_a_switch() -> None:
    turned = [turn(Lens(), switch.letter) for switch in SWITCHES]
    for field in Lens._fields:
        assert any(getattr(lens, field) != getattr(Lens(), field) for lens in turned), field


def test_relations_keep_their_order_and_the_last_one_stays() -> None:
    lens = Lens()
    for letter in "famq":
        lens = turn(lens, letter)
    assert lens.relations == ("unknown",)
    assert turn(lens, "u") == lens
    for letter in "qfma":
        lens = turn(lens, letter)
    assert lens.relations == DERIVED


def test_a_letter_of_no_switch_turns_nothing() -> None:
    assert turn(Lens(), "z") == Lens()


@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_panel_fits_and_names_every_state(width: int) -> None:
    lines = panel(Lens(walk="walked", first_party="in"), 3, width)
    assert len(lines) == HEIGHT
    assert all(line_width(line) <= width for line in lines)
    text = "\n".join(plain(line) for line in lines)
    assert "3 figures changed" in text
    assert "all descendants" in text
    assert "counted in" in text


def test_every_switch_is_explained_in_one_line() -> None:
    for at, switch in enumerate(SWITCHES):
        said = explained(at)
        assert said == f"{switch.label}: {switch.meaning}"
        assert len(said) <= 78
    assert explained(None).startswith("lens: ")


def test_the_switch_under_the_cursor_is_marked() -> None:
    for at, switch in enumerate(SWITCHES):
        text = "\n".join(plain(line) for line in panel(Lens(), 0, 80, at))
        assert f"▌ {switch.letter} {switch.label}" in text
        assert text.count("▌") == 1
