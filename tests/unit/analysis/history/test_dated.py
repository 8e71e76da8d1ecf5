"""Published figures over time."""

from tui.analysis.history.dated import published
from tui.analysis.history.points import points
from tui.model.when import iso


def test_the_published_points_of_a_figure_have_their_day() -> None:
    dots = published(points(), "qwen", "derivatives")
    days = [iso(dot.at)[:10] for dot in dots]
    assert "2026-01-13" in days
    assert "2026-02-15" in days  # a month stands for its middle
    assert all(dot.published and not dot.joined for dot in dots)
    assert 151_448.0 in [dot.value for dot in dots]


def test_no_published_point_is_no_dot() -> None:
    assert published(points(), "apertus", "derivatives") == []
