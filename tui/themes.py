"""Themes: which colour a role has. Meaning never rests on colour alone.

A role is a dotted name that falls back to its first part: ``cursor.id`` to ``cursor``. The theme
``terminal`` uses the 16 colours that the terminal's user chose and no background of its own.
"""

from typing import TYPE_CHECKING, NamedTuple

from rich.style import Style

if TYPE_CHECKING:
    from textual.theme import Theme


class Palette(NamedTuple):
    """The colours of one theme; contrast of every foreground on both backgrounds is 4.5 or more."""

    name: str
    dark: bool
    background: str
    cursor: str  # background of the highlighted row
    text: str
    soft: str  # the figures beside an id
    muted: str  # labels and hints
    accent: str
    good: str
    warn: str
    bad: str
    rule: str  # lines; no text is drawn in it
    ansi: bool = False


PALETTES = {
    palette.name: palette
    for palette in (
        Palette(
            name="dark",
            dark=True,
            background="#14171c",
            cursor="#27313d",
            text="#eef1f4",
            soft="#b9c2cc",
            muted="#98a3b0",
            accent="#7fb8ff",
            good="#8fd18a",
            warn="#e8bf6a",
            bad="#ff9a8f",
            rule="#4a5563",
        ),
        Palette(
            name="light",
            dark=False,
            background="#fbfbf9",
            cursor="#dfe8f2",
            text="#15181c",
            soft="#3a424b",
            muted="#525b66",
            accent="#0b4f9e",
            good="#1a6127",
            warn="#7a4700",
            bad="#a51f18",
            rule="#b4bbc3",
        ),
        Palette(
            name="contrast",
            dark=True,
            background="#000000",
            cursor="#003a70",
            text="#ffffff",
            soft="#f2f2f2",
            muted="#dcdcdc",
            accent="#a6dcff",
            good="#9dff9d",
            warn="#ffe680",
            bad="#ffb8b8",
            rule="#ffffff",
        ),
        Palette(
            name="terminal",
            dark=True,
            background="ansi_default",
            cursor="ansi_default",
            text="ansi_default",
            soft="ansi_default",
            muted="ansi_default",
            accent="ansi_default",
            good="ansi_default",
            warn="ansi_default",
            bad="ansi_default",
            rule="ansi_default",
            ansi=True,
        ),
    )
}
DEFAULT = "dark"

# role -> (colour of the palette, weight)
ROLES = {
    "text": ("text", ""),
    "cell": ("soft", ""),
    "cell.id": ("text", ""),
    "cursor": ("text", "bold"),
    "head": ("muted", ""),
    "muted": ("muted", ""),
    "title": ("text", "bold"),
    "tab": ("muted", ""),
    "tab.on": ("accent", "bold"),
    "rule": ("rule", ""),
    "accent": ("accent", ""),
    "good": ("good", ""),
    "warn": ("warn", ""),
    "bad": ("bad", "bold"),
    "mark": ("background", "found"),
    "key": ("accent", ""),
    "h1": ("accent", "bold underline"),
    "h2": ("accent", "bold"),
    "h3": ("text", "bold"),
    "h4": ("text", "bold"),
    "h5": ("text", "bold"),
    "h6": ("text", "bold"),
    "math": ("good", ""),
    "strong": ("text", "bold"),
    "em": ("text", "italic"),
    "strike": ("muted", "strike"),
    "code": ("good", ""),
    "code.keyword": ("accent", ""),
    "code.string": ("warn", ""),
    "code.comment": ("muted", "italic"),
    "code.number": ("warn", ""),
    "link": ("accent", "underline"),
    "quote": ("muted", ""),
    "image": ("muted", "italic"),
    "table.head": ("text", "bold"),
    "table.rule": ("rule", ""),
}


def style(palette: Palette, role: str) -> Style:
    """The terminal style of a role: the role itself, else its first part, else plain text."""
    name = role if role in ROLES else role.partition(".")[0]
    colour, weight = ROLES.get(name, ROLES["text"])
    weights = Style(
        bold="bold" in weight or None,
        italic="italic" in weight or None,
        underline="underline" in weight or None,
        strike="strike" in weight or None,
        reverse=(palette.ansi and (name == "cursor" or weight == "found")) or None,
    )
    if palette.ansi:
        return weights
    if weight == "found":
        return Style(color=palette.background, bgcolor=palette.warn)
    background = palette.cursor if name == "cursor" else palette.background
    return weights + Style(color=getattr(palette, colour), bgcolor=background)


def textual_theme(palette: Palette) -> "Theme":
    """The palette as the toolkit's theme, for its own widgets."""
    from textual.theme import BUILTIN_THEMES, Theme

    if palette.ansi:
        builtin = BUILTIN_THEMES["ansi-dark"]  # for the colours of its own input line
        return Theme(
            name=palette.name,
            primary=builtin.primary,
            foreground=builtin.foreground,
            background=builtin.background,
            surface=builtin.surface,
            panel=builtin.panel,
            boost=builtin.boost,
            variables=dict(builtin.variables),
            ansi=True,
        )
    return Theme(
        name=palette.name,
        primary=palette.accent,
        accent=palette.accent,
        warning=palette.warn,
        error=palette.bad,
        success=palette.good,
        foreground=palette.text,
        background=palette.background,
        surface=palette.background,
        panel=palette.background,
        boost=palette.background,
        dark=palette.dark,
        ansi=palette.ansi,
    )
