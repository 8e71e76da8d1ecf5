"""The pictures that a card names, in Markdown and in HTML."""

from tui.render.card.pictures import pictures

CARD = """# Model

![chart](images/chart.png "scores") and ![chart again](images/chart.png)

<p align="center"><img src="logo.svg" width="200" alt="Logo"/></p>

| a | b |
|---|---|
| ![in a cell](https://example.org/a.png) | x |

[![badge](https://img.example.org/b)](https://example.org)

![by reference][one]

```
![no picture](code.png)
```

[one]: far/below.webp
"""


def test_all_are_found_once_in_their_order() -> None:
    assert pictures(CARD) == [
        ("images/chart.png", "chart"),
        ("logo.svg", "Logo"),
        ("https://example.org/a.png", "in a cell"),
        ("https://img.example.org/b", "badge"),
        ("far/below.webp", "by reference"),
    ]


def test_a_card_of_pictures_has_five_hundred_of_them() -> None:
    assert len(pictures("".join(f"![a]({n}.png)\n\n" for n in range(700)))) == 500


def test_a_card_without_any_has_none() -> None:
    assert pictures("") == pictures("# Words\n\n<img alt=x>") == []
