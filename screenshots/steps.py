"""Several pictures of a terminal as one that shows them in turn."""

import re
from collections.abc import Sequence
from itertools import count

_FONT = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)
_FRAME = re.compile(r'<svg class="rich-terminal" viewBox="([^"]+)"')


def in_turn(frames: Sequence[str], seconds: float) -> str:
    """One SVG out of SVGs of one size, each for ``seconds``, over and over.

    Who asked for no motion sees the last one. Nothing but CSS moves it.
    """
    whole, share = len(frames) * seconds, 100 / len(frames)
    style = "\n".join(
        f".step-{number} {{ animation-delay: {number * seconds:g}s }}"
        for number in range(len(frames))
    )
    size = _FRAME.search(frames[0])
    assert size is not None
    parts = "\n".join(
        _FRAME.sub(rf'<svg class="rich-terminal step step-{number}" viewBox="\1"', frame, count=1)
        for number, frame in zip(count(), (frames[0], *(_FONT.sub("", one) for one in frames[1:])))
    )
    return f"""<svg viewBox="{size[1]}" xmlns="http://www.w3.org/2000/svg">
<style>
@keyframes in-turn {{
0%, {share - 0.01:.2f}% {{ opacity: 1 }} {share:.2f}%, 100% {{ opacity: 0 }}
}}
.step {{ opacity: 0; animation: in-turn {whole:g}s infinite }}
{style}
@media (prefers-reduced-motion: reduce) {{
.step {{ animation: none }} .step-{len(frames) - 1} {{ opacity: 1 }}
}}
</style>
{parts}
</svg>
"""
