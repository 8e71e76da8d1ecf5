"""Nothing that a card can spell puts a control character on the screen."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.render.card.words import finished, text_of
from tui.model import clean

STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\U000e0000-\U000e007f\ud800-\udfff]"
)
POINT = st.one_of(st.integers(0, 0x110010), st.sampled_from([7, 8, 27, 155, 157, 0x202E, 0xE0041]))
SPELLED = st.one_of(
    POINT.map(lambda point: f"&#{point};"),
    POINT.map(lambda point: f"&#x{point:x};"),
    st.sampled_from(
        ["&Tab;", "&NewLine;", "&rlm;", "&lrm;", "&shy;", "&zwj;", "&lt;", "&amp;#27;"]
    ),
    POINT.map(lambda point: f"%{point % 256:02x}"),
    st.characters(),
)
WHERE = st.sampled_from(
    (
        *(
            "{}",
            "# {}",
            "`{}`",
            "**{}**",
            "[{}](https://a.test/{})",
            "![{}](x.png)",
            "> {}",
            "- {}",
        ),
        *("|{}|b|\n|-|-|\n|c|{}|", "<b title='{}'>{}</b>", "<a href='https://a.test/{}'>{}</a>"),
        *("```{}\n{}\n```", "$ {} $", "[x]: https://a.test/{}\n[x]", "<td>{}</td>"),
        *("<!-- {} -->{}", "<https://a.test/{}>"),
    )
)


@settings(max_examples=200)
@given(
    st.lists(st.tuples(WHERE, st.lists(SPELLED, min_size=1, max_size=6)), min_size=1, max_size=4)
)
def test_no_spelling_of_a_control_character_reaches_the_screen(
    parts: list[tuple[str, list[str]]],
) -> None:
    source = "\n\n".join(where.replace("{}", "".join(spelled)) for where, spelled in parts)
    document = finished(clean(source), 40)
    assert not STEERING.search(text_of(document))
    for link in document.links:
        assert not STEERING.search(f"{link.text}{link.url}")
        assert "\n" not in link.url
    for heading in document.outline:
        assert not STEERING.search(heading.text)
        assert "\n" not in heading.text
