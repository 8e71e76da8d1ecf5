"""The login that goes along with a question, where it was found, and how to be rid of it."""

import os
from collections.abc import Mapping
from typing import NamedTuple

from tui.hub.token import NAMED, token_path
from tui.model import BadInput, clean_line


class Login(NamedTuple):
    """A token and where it was found. ``token`` None: nobody, also after a refusal."""

    token: str | None
    source: str = "HF_TOKEN"  # the variable or the file that holds it
    secret: str | None = None  # the token that was refused: it may stand in an answer still

    def refused(self) -> "Login":
        """Nobody, for the Hub does not recognise the token: it is not sent again."""
        return Login(None, self.source, self.token)

    def line(self) -> str:
        """What a person reads once of a token that the Hub does not recognise."""
        return (
            f"login in {self.source} not recognised; {self.way_out()} (asked as nobody till then)"
        )

    def hide(self, words: str) -> str:
        """``words`` of a server without the token."""
        for secret in (self.token, self.secret):
            words = words.replace(secret, "…") if secret else words
        return words

    def checked(self, token: str) -> str:
        """``token``, fit for a header. Raises ``BadInput`` for one that can be none."""
        if not (token.isascii() and token.isprintable()) or " " in token:
            raise BadInput(f"the login in {self.source} holds stray characters; {self.way_out()}")
        return token

    def way_out(self) -> str:
        """How to get a token that holds, or be rid of this one."""
        if self.source in NAMED:
            return f"renew or `unset {self.source}`"
        return "run `hf auth login` or `hf auth logout`"


def source(environ: Mapping[str, str] = os.environ) -> str:
    """The variable or the file that the token comes from, as a person knows it."""
    variable = next((name for name in NAMED if environ.get(name, "").strip()), None)
    path, home = token_path(environ), os.path.expanduser("~")
    return variable or clean_line(path.replace(home, "~", 1) if path.startswith(home) else path)
