"""HTML in cards: the same lines as Markdown gives, and nothing that hides."""

import pytest

from tests.unit.render.card.words import BASE, finished, text_of

CASES = {
    "<div align='center'>\n<b>bold</b> and<br>more\n</div>": "bold and\nmore",
    "<p>one</p><p>two</p>": "one\n\ntwo",
    "<h2>Title</h2>text": "Title\n─────\n\ntext",
    "<ul><li>one<li>two<ol start=3><li>three</ol></ul>": "• one\n• two\n  3. three",
    "<blockquote>said</blockquote>": "▎ said",
    "<details><summary>More</summary>\n\n*inside*\n\n</details>": "▸ More\n\ninside",
    "<pre>a  b\n  c</pre>": "  a  b\n    c",
    "<pre><code>x &lt; y</code></pre>": "  x < y",
    "H<sub>2</sub>O and x<sup>a</sup>": "H₂O and xa",
    "press <kbd>Q</kbd>": "press Q",
    "<!-- gone -->stays": "stays",
    "<style>p { color: red }</style>stays": "stays",
    "a <script>alert(1)</script> b": "a b",
    "<think>\nreason\n</think>": "<think> reason </think>",
    "<s>[INST] x </s>": "<s>[INST] x </s>",
    "<dl><dt>term<dd>meaning</dl>": "term\n\nmeaning",
    "<hr>": "─" * 30,
    "<input type='checkbox' checked> done": "☑ done",
    "- [ ] open\n- [x] done": "☐ open\n☑ done",
    "> [!NOTE]\n> careful": "▎ Note\n▎ careful",
    "<video src='https://a.test/clip.mp4'></video>": "video: clip.mp4",
    "<img src='https://a.test/plot.png'>": "image: plot.png",
    "<img alt='A plot' src='data:image/png;base64,AAAA'>": "image: A plot",
    "1 < 2 and 3 > 2": "1 < 2 and 3 > 2",
}


@pytest.mark.parametrize("source", CASES)
def test_html_as_text(source: str) -> None:
    assert text_of(finished(source, 30)) == CASES[source]


def test_a_table_with_spans() -> None:
    source = (
        "<table><thead><tr><th>Group</th><th>Task</th><th align=right>Score</th></tr></thead>"
        "<tr><td rowspan=2>Math</td><td>GSM</td><td align=right>9</td></tr>"
        "<tr><td>AIME</td><td align=right>10</td></tr>"
        "<tr><td colspan=3><b>All of the others</b></td></tr></table>"
    )
    assert text_of(finished(source, 60)).split("\n") == [
        "Group │ Task │ Score",
        "──────┼──────┼──────",
        "Math  │ GSM  │     9",
        "      │ AIME │    10",
        "All of the others",
    ]


def test_markdown_in_a_cell() -> None:
    source = "<table><tr><td>\n\n**bold** `x`\n\n</td><td>plain</td></tr></table>"
    document = finished(source, 60)
    assert text_of(document) == "bold x │ plain"
    assert document.lines[0][0] == ("bold", "strong")


def test_a_table_in_a_cell_becomes_lines() -> None:
    source = "<table><tr><td><table><tr><td>a<td>b<tr><td>c</table></td><td>d</table>"
    assert text_of(finished(source, 60)).split("\n") == ["a │ b │ d", "      │", "c     │"]


def test_a_linked_image_has_two_links() -> None:
    document = finished("[![badge](https://a.test/b.svg)](https://a.test/page)", 60)
    assert text_of(document) == "image: badge"
    assert [(link.text, link.url) for link in document.links] == [
        ("image: badge", "https://a.test/b.svg"),
        ("badge", "https://a.test/page"),
    ]


@pytest.mark.parametrize(
    ("href", "text"),
    [
        ("javascript:alert(1)", "(javascript:alert(1))"),
        ("http://a.test/x", "(http://a.test/x)"),
        ("mailto:me@a.test", "(mailto:me@a.test)"),
        ("hubapp://x", "(hubapp://x)"),
        ("//[", "(//[)"),
        ("#usage", ""),
    ],
)
def test_only_https_is_for_opening(href: str, text: str) -> None:
    document = finished(f'<a href="{href}">go</a>', 60)
    assert document.links == []
    assert text_of(document) == f"go {text}".strip()
    assert all(role in ("text", "muted") for line in document.lines for _, role in line)


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("README.md", f"{BASE}/blob/main/README.md"),
        ("./a b.md#c", f"{BASE}/blob/main/a%20b.md#c"),
        ("../x", f"{BASE}/blob/x"),
        ("/other/repo", "https://hub.test/other/repo"),
        ("//cdn.test/x", "https://cdn.test/x"),
        ("HTTPS://a.test/ü", "HTTPS://a.test/%C3%BC"),
    ],
)
def test_relative_links_lead_to_the_repo(href: str, url: str) -> None:
    assert [link.url for link in finished(f'<a href="{href}">go</a>', 60).links] == [url]


def test_a_link_without_text_shows_its_target() -> None:
    assert text_of(finished("<a href='https://a.test/x'></a>", 60)) == "https://a.test/x"


def test_bare_urls_are_links() -> None:
    document = finished("See https://a.test/x_(y), and (https://b.test/z).", 60)
    assert [link.url for link in document.links] == ["https://a.test/x_(y)", "https://b.test/z"]
    assert text_of(document) == "See https://a.test/x_(y), and (https://b.test/z)."
