"""Where a line of text may break: at a space, and beside each CJK character."""

import re

# No break before a sign that closes.
UNIT = re.compile(
    r"(\s+)|([\u2e80-\u2fff\u3001-\u9fff\uf900-\ufaff\uff01-\uff60\U00020000-\U0003ffff]"
    r"[、。，．：；？！」』）】》〉”’]*)|[^\s\u2e80-\u2fff\u3001-\u9fff\uf900-\ufaff"
    r"\uff01-\uff60\U00020000-\U0003ffff]+"
)
"""A unit that stays together: space (group 1), a CJK character (group 2), or a word."""
