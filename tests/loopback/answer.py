"""One request as it arrived, one answer as it leaves, and the errors the Hub words itself."""

import json
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha1
from typing import Any, NamedTuple

JSON_TYPE = "application/json; charset=utf-8"


class Request(NamedTuple):
    """What a client sent. Header names are lower case; ``target`` is path and query, verbatim."""

    method: str
    target: str
    path: str  # percent-decoded
    query: dict[str, list[str]]
    headers: dict[str, str]

    def one(self, name: str, default: str = "") -> str:
        """The last value of a query parameter."""
        return self.query.get(name, [default])[-1]

    def many(self, name: str) -> list[str]:
        """Every value of a repeated parameter, written ``name=`` or ``name[]=``."""
        return self.query.get(name, []) + self.query.get(f"{name}[]", [])

    def flag(self, name: str) -> bool:
        """Whether a parameter is set to ``true`` or ``1``."""
        return self.one(name).lower() in ("true", "1")


@dataclass(frozen=True)
class Answer:
    """Status, headers and body. ``cut``: how much of the message is sent before it breaks off."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    # "": whole; "body": half the body, then closed; "head": closed without a byte; "reset": thrown
    # away by the machine; "endless": the body again and again, until the caller has left
    cut: str = ""

    def with_headers(self, **headers: str) -> "Answer":
        """The same answer with more headers; ``_`` in a name stands for ``-``."""
        more = {name.replace("_", "-"): value for name, value in headers.items()}
        return replace(self, headers={**self.headers, **more})


def as_json(value: Any, status: int = 200, **headers: str) -> Answer:
    """A JSON answer with the Hub's weak, body-derived ETag."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )
    answer = Answer(status, body, {"Content-Type": JSON_TYPE, "ETag": weak_etag(body)})
    return answer.with_headers(**headers)


def weak_etag(body: bytes) -> str:
    """Express's weak ETag: length in hex and 27 characters of the base64 SHA-1."""
    return f'W/"{len(body):x}-{b64encode(sha1(body).digest()).decode()[:27]}"'


def error(status: int, message: str, code: str = "") -> Answer:
    """An error as the Hub sends it: the text twice, the machine code where there is one."""
    answer = as_json({"error": message}, status, X_Error_Message=message)
    return answer.with_headers(X_Error_Code=code) if code else answer


def redirect(status: int, location: str, **headers: str) -> Answer:
    """A redirect with the Hub's plain-text body."""
    body = f"Temporary Redirect. Redirecting to {location}".encode()
    answer = Answer(status, body, {"Content-Type": "text/plain; charset=utf-8"})
    return answer.with_headers(Location=location, **headers)
