"""Where the pictures of a card lie, and what is never asked for on the way to one."""

import pytest

from tui.analysis.repo.pictures import Spot, spot

HUB = "https://huggingface.co"


def own(path: str, revision: str = "main") -> Spot:
    return Spot(kind="model", id="acme/base", path=path, revision=revision)


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("chart.png", own("chart.png")),
        ("./images/a%20b.JPG", own("images/a b.JPG")),
        ("/images/../chart.webp?raw=true", own("chart.webp")),
        (f"{HUB}/acme/base/resolve/main/a.png", own("a.png")),
        (f"{HUB}/acme/base/blob/v1/x/a.gif", own("x/a.gif", "v1")),
        ("https://hf.co/acme/base/raw/main/a.png?download=true", own("a.png")),
        (
            f"{HUB}/datasets/acme/exam/resolve/main/a.png",
            Spot(kind="dataset", id="acme/exam", path="a.png"),
        ),
        ("https://Example.org/a", Spot("example.org", "https://Example.org/a")),
        ("//example.org/a.png#x", Spot("example.org", "https://example.org/a.png")),
    ],
)
def test_a_picture_has_its_place(source: str, wanted: Spot) -> None:
    assert spot(source, "model", "acme/base", HUB) == wanted


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("config.json", "no picture by its name"),
        ("../../api/whoami-v2", "no picture by its name"),
        (f"{HUB}/acme/base/resolve/main/config.json", "no picture by its name"),
        (f"{HUB}/api/models/acme/base.png", "no file of a repo"),
        (f"{HUB}/acme/base/resolve/main/../../../x.png", "no picture by its name"),
        ("logo.svg", "SVG"),
        ("https://example.org/logo.svg", "SVG"),
        ("data:image/png;base64,AAAA", "inline data"),
        ("http://example.org/a.png", "no https address"),
        ("https://u:p@example.org/a.png", "no https address"),
        ("file:///etc/a.png", "no https address"),
        ("https://[broken/a.png", "no address"),
        ("a\x1b.png", "no picture by its name"),
    ],
)
def test_what_is_never_asked_for(source: str, why: str) -> None:
    assert why in spot(source, "model", "acme/base", HUB).why


def test_on_a_mirror_the_hubs_own_pictures_are_asked_of_the_mirror() -> None:
    mirror = "https://mirror.example"
    assert spot(f"{HUB}/acme/base/resolve/main/a.png", "model", "acme/base", mirror) == own("a.png")
    assert spot(f"{mirror}/acme/base/blob/main/a.png", "model", "acme/base", mirror) == own("a.png")
