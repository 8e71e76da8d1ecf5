"""The names of keys: as people write them and as the toolkit does."""

_NAMES = {
    "right_square_bracket": "]",
    "left_square_bracket": "[",
    "question_mark": "?",
    "slash": "/",
    "colon": ":",
    "plus": "+",
    "minus": "-",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "enter": "⏎",
    "escape": "Esc",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "home": "Home",
    "end": "End",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "tab": "Tab",
}


_WORDS = {"enter": "Enter", "up": "Up", "down": "Down", "left": "Left", "right": "Right"}
_spelled: dict[str, str] = {}  # names in words, where the terminal has no sign for them


def spell_out() -> None:
    """From here on name keys in words: the terminal lacks ``⏎``, and perhaps the arrows."""
    _spelled.update(_WORDS)


def shown(key: str) -> str:
    """A key as people write it: ``]``, ``⏎``, ``ctrl+d``."""
    return _spelled.get(key) or _NAMES.get(key, key)


def named(key: str) -> str:
    """The toolkit's name of a key as people write it: ``right_square_bracket`` for ``]``."""
    return {text: name for name, text in _NAMES.items() if len(text) == 1}.get(key, key)
