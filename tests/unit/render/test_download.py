"""How far a download is, in one line."""

from tui.ask.take.status import State
from tui.render.download import progress

HALF = State("model", "acme/base", "Q4_K_M", 7, 3, 2_500_000_000, 5_000_000_000, rate=25e6)


def test_bytes_rate_time_and_files() -> None:
    assert progress(HALF, 120) == (
        "Q4_K_M ██████        50 %  2.50 GB of 5.00 GB · 25.0 MB/s · 1m left · file 4 of 7"
    )
    assert len(progress(HALF, 40)) == 40


def test_no_time_is_told_before_a_hundredth_came() -> None:
    first = HALF._replace(done=27, rate=44.0)
    assert (first.left, progress(first, 120)) == (
        None,
        "Q4_K_M ▏              0 %  27 B of 5.00 GB · file 4 of 7",
    )


def test_an_unknown_whole_has_no_bar() -> None:
    unknown = HALF._replace(total=None)
    assert progress(unknown, 120) == "Q4_K_M 2.50 GB of · · 25.0 MB/s · file 4 of 7"
