"""Model cards: Markdown and the HTML in it to lines of spans, section by section.

It draws what strangers wrote, so no input makes it fail, stall or lose a word. Roles of its spans:
``text``, ``h1`` to ``h6``, ``strong``, ``em``, ``strike``, ``code``, ``code.keyword``,
``code.string``, ``code.comment``, ``code.number``, ``math``, ``link``, ``image``, ``quote``,
``table.head``, ``table.rule``, ``rule`` and ``muted``.
"""

from tui.render.card.document import CardDocument, Code, Heading, Link, Wide, plain
from tui.render.card.laid import Place
from tui.render.card.long import LongCard

__all__ = ["CardDocument", "Code", "Heading", "Link", "LongCard", "Place", "Wide", "plain"]
