"""The HTML tags that a card may use, by what they do to the text around them."""

# Style the text they hold; the value is its role, where they give one.
STYLES = {
    "b": "strong", "strong": "strong", "summary": "strong", "dt": "strong", "caption": "strong",
    "i": "em", "em": "em", "cite": "em", "var": "em", "dfn": "em",
    "code": "code", "kbd": "code", "samp": "code", "tt": "code",
    "del": "strike", "strike": "strike", "mark": "strong",
    "a": "link", "sub": "", "sup": "",
}  # fmt: skip

# End the paragraph before them and the one they hold.
FLOW = frozenset(
    [
        "p", "div", "center", "section", "article", "header", "footer", "main", "nav", "aside",
        "figure", "figcaption", "address", "form", "fieldset", "details", "dl", "dd", "hgroup",
        "noscript", "picture", "video", "audio", "iframe", "object", "thead", "tbody", "tfoot",
        "colgroup", "col", "html", "body", "head", "title",
    ]
)  # fmt: skip

# Stand in a line, or are handled one by one.
PHRASE = frozenset(
    [
        "span", "font", "small", "big", "u", "ins", "abbr", "q", "label", "time", "data", "bdi",
        "bdo", "wbr", "nobr", "button", "source", "track", "embed", "ruby", "rb", "rt", "rp",
        "base", "link", "meta", "br", "hr", "img", "input", "pre", "style", "script", "th",
    ]
)  # fmt: skip

# Hold blocks of their own; so do headings, and ``th`` is a ``td`` that heads.
FRAMES = frozenset(["ul", "ol", "li", "blockquote", "table", "tr", "td"])
