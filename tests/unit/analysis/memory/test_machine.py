"""What systems and drivers' tools print, as a machine's memory."""

import pytest

from tui.analysis.memory.machine import Card, Machine, apple, meminfo, nvidia, rocm, size

GIB = 2**30


@pytest.mark.parametrize(
    ("text", "bytes_"),
    [
        ("24gb", 24 * 10**9),
        ("24 GB", 24 * 10**9),
        ("24GiB", 24 * GIB),
        ("24g", 24 * 10**9),
        ("1.5tb", 1_500_000_000_000),
        ("800 MB", 800_000_000),
        ("4096", 4096),
        ("0gb", None),
        ("-1gb", None),
        ("gb", None),
        ("24 apples", None),
        ("9" * 40, None),
    ],
)
def test_a_size_in_words(text: str, bytes_: int | None) -> None:
    assert size(text) == bytes_


def test_linux_tells_its_memory_in_kibibytes() -> None:
    told = "MemTotal:       24598088 kB\nMemFree:        21001396 kB\n"
    assert meminfo(told) == 24_598_088 * 1024
    assert meminfo("MemFree: 1 kB\n") is None


def test_cards_of_nvidia_are_told_in_mebibytes() -> None:
    told = "NVIDIA GeForce RTX 4090, 24564\nNVIDIA A100-SXM4-80GB, 81920\n"
    assert nvidia(told) == (
        Card("NVIDIA GeForce RTX 4090", 24_564 * 2**20),
        Card("NVIDIA A100-SXM4-80GB", 80 * GIB),
    )
    assert nvidia("No devices were found\n") == ()
    assert nvidia("NVIDIA GB10, [N/A]\n") == ()  # shares the system's memory and tells no number


def test_cards_of_amd_are_told_as_json() -> None:
    told = '{"card0": {"Card series": "RX 7900 XTX", "VRAM Total Memory (B)": "25753026560"}}'
    assert rocm(told) == (Card("RX 7900 XTX", 25_753_026_560),)
    assert rocm("WARNING: no card") == ()
    assert rocm("[]") == ()


def test_a_chip_of_apple_shares_the_memory() -> None:
    told = "Graphics/Displays:\n\n    Apple M3 Max:\n\n      Chipset Model: Apple M3 Max\n"
    assert apple(told) == "Apple M3 Max"
    assert apple("      Chipset Model: Intel Iris Plus\n") is None


def test_the_settings_outrank_the_cards_and_those_the_memory() -> None:
    two = (Card("a", 24 * GIB), Card("b", 8 * GIB))
    assert Machine(64 * GIB, two, configured=10).room == 10
    assert Machine(64 * GIB, two).room == 32 * GIB
    assert Machine(64 * GIB).room == 64 * GIB
    assert Machine().room is None
