"""The server: a real socket, a thread for each connection, faults and gates on command."""

import gzip
import os
import socket
import struct
import sys
import uuid
from contextlib import suppress
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from time import sleep
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, unquote, urlsplit

from tests.loopback.answer import Answer, Request
from tests.loopback.faults import Effect, Fault, Gate, Match, matches, respond
from tests.loopback.limits import Limits
from tests.loopback.quirks import Quirks
from tests.loopback.routes import Router
from tests.loopback.world import World

LARGE_TYPE = "application/octet-stream"
PIECE = 65_536
EXPOSED = "X-Repo-Commit,X-Request-Id,X-Error-Code,X-Error-Message,X-Total-Count,ETag,Link"


class LoopbackHub:
    """A Hub on 127.0.0.1. Use it as a context manager, or call ``start`` and ``stop``.

    ``requests`` holds every request in order of arrival; ``crashes`` what went wrong in the
    server itself, and is empty unless the server has an error.
    """

    def __init__(self, world: World | None = None, *, port: int = 0) -> None:
        self.world = world or World()
        self.quirks = Quirks()
        self.limits = Limits()
        self.requests: list[Request] = []
        self.crashes: list[BaseException] = []
        self.port = port
        self.open_sockets: set[socket.socket] = set()
        self._faults: list[Fault] = []
        self._gates: list[Gate] = []
        self._lock = Lock()
        self._server: _Server | None = None

    @property
    def url(self) -> str:
        """The endpoint, without a slash at the end; the same after a stop and a start."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> Self:
        """Listen. After a stop, on the same port."""
        self._server = _Server(("127.0.0.1", self.port), _Handler)
        self._server.hub = self
        self.port = self._server.server_address[1]
        Thread(target=self._server.accept_all, daemon=True).start()
        return self

    def stop(self) -> None:
        """Close every connection, open all gates, refuse new ones. Stopping twice is harmless."""
        server, self._server = self._server, None
        if server is None:
            return
        server.close()
        for connection in list(self.open_sockets):
            _shut(connection)
        self.clear_faults()  # what a gate held finds its connection closed

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def seen(self, prefix: str = "") -> list[Request]:
        """The requests whose path and query begin with this."""
        return [request for request in list(self.requests) if request.target.startswith(prefix)]

    def fault(self, match: Match, effect: Effect | int, *, times: int | None = 1) -> Fault:
        """Spoil the next matching answers; ``effect`` is from ``faults``, or a status."""
        fault = Fault(match, respond(effect) if isinstance(effect, int) else effect, times)
        self._faults.append(fault)
        return fault

    def gate(self, match: Match, *, in_body: bool = False) -> Gate:
        """Hold matching requests before their answer, or after the first half of its body."""
        gate = Gate(match, in_body=in_body)
        self._gates.append(gate)
        return gate

    def clear_faults(self) -> None:
        """Forget all faults and open all gates."""
        self._faults.clear()
        gates, self._gates = self._gates, []
        for gate in gates:
            gate.open()

    def answer(self, request: Request) -> tuple[Answer, list[Gate]]:
        """The answer to send, and the gates that stand in the middle of its body."""
        with self._lock:
            self.requests.append(request)
            caller = self.world.tokens.get(request.headers.get("authorization", " ").split(" ")[-1])
            headers, refusal = self.limits.take(caller.user if caller else "", request)
        gates = [gate for gate in self._gates if matches(gate.match, request)]
        for gate in gates:
            if not gate.in_body:
                gate.pass_through()
        answer = refusal or Router(self.world, self.quirks).answer(request)
        if self.quirks.warning:
            headers["X-HF-Warning"] = self.quirks.warning
        # a cached answer repeats the count it was made with
        answer = replace(answer, headers={**headers, **answer.headers})
        with self._lock:
            due = [fault for fault in self._faults if fault.wanted(request)][:1]
            for fault in due:
                fault.hits += 1
        for fault in due:
            answer = fault.effect(answer)
        return answer, [gate for gate in gates if gate.in_body]


class _Server(ThreadingHTTPServer):
    """Waits for connections without a look at the clock: the tests' processor has other work."""

    daemon_threads = True
    request_queue_size = 128
    hub: LoopbackHub
    closing = False

    def __init__(self, *words: Any) -> None:
        super().__init__(*words)
        self.closed = Event()

    def accept_all(self) -> None:
        """Take one connection after the other until ``close``; no clock wakes it in between."""
        while not self.closing:
            self.handle_request()  # waits as long as it takes
        self.server_close()
        self.closed.set()

    def close(self) -> None:
        """Refuse connections from here on; one more, and the last, tells ``accept_all``."""
        self.closing = True
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.server_port)):
            pass
        self.closed.wait()

    def verify_request(self, request: Any, client_address: Any) -> bool:
        return not self.closing

    def handle_error(self, request: Any, client_address: Any) -> None:
        problem = sys.exception()
        if problem is not None and not isinstance(problem, ConnectionError):
            self.hub.crashes.append(problem)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def setup(self) -> None:
        super().setup()
        self.server.hub.open_sockets.add(self.connection)

    def finish(self) -> None:
        self.server.hub.open_sockets.discard(self.connection)
        super().finish()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the requests are kept in ``LoopbackHub.requests``."""

    def serve(self) -> None:
        """Answer one request of this connection."""
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = urlsplit(self.path)
        request = Request(
            self.command,
            self.path,
            unquote(parts.path),
            parse_qs(parts.query, keep_blank_values=True),
            {name.lower(): value for name, value in self.headers.items()},
        )
        answer, gates = self.server.hub.answer(request)
        self.send(request, self.finished(request, answer), gates)

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = serve  # noqa: N815

    def finished(self, request: Request, answer: Answer) -> Answer:
        """The answer as it goes over the wire: 304 or compressed where that applies."""
        quirks = self.server.hub.quirks
        etag = answer.headers.get("ETag")
        if quirks.not_modified and etag and request.headers.get("if-none-match") == etag:
            kept = {name: answer.headers[name] for name in answer.headers if name != "Content-Type"}
            return Answer(304, b"", kept)
        if (
            quirks.gzip
            and len(answer.body) > 1024
            and answer.headers.get("Content-Type") != LARGE_TYPE
            and "Content-Encoding" not in answer.headers
            and "gzip" in self.headers.get("Accept-Encoding", "")
        ):
            packed = Answer(
                answer.status, gzip.compress(answer.body, 1), answer.headers, answer.cut
            )
            return packed.with_headers(Content_Encoding="gzip")
        return answer

    def send(self, request: Request, answer: Answer, gates: list[Gate]) -> None:
        """Write head and body, or as much of them as the answer allows."""
        if answer.cut == "head":
            _shut(self.connection)
            self.close_connection = True
            return
        if answer.cut == "reset":
            _reset(self.connection)
            self.close_connection = True
            return
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value.encode("ascii", "replace").decode())
        if answer.cut == "endless":
            self.end_headers()
            self.pour(answer.body)
            return
        self.send_header("Content-Length", str(len(answer.body)))
        self.send_header("Vary", "Origin")
        self.send_header("X-Powered-By", "huggingface-moon")
        self.send_header("X-Request-Id", f"Root=1-{uuid.uuid4()}")
        self.send_header("Access-Control-Expose-Headers", EXPOSED)
        body = b"" if request.method == "HEAD" else answer.body
        slow = self.server.hub.quirks.slow and answer.headers.get("Content-Type") == LARGE_TYPE
        half = len(body) // 2 if gates or answer.cut else 0 if slow else len(body)
        self._headers_buffer.append(b"\r\n" + body[:half])  # type: ignore[attr-defined]
        self.flush_headers()
        for gate in gates:
            gate.pass_through()
        if answer.cut:
            _shut(self.connection)
            self.close_connection = True
        elif slow:
            self.drip(body[half:])
        elif half < len(body):
            self.wfile.write(body[half:])

    def pour(self, body: bytes) -> None:
        """Write a body again and again, until the caller has left."""
        self.close_connection = True
        while True:
            self.wfile.write(body)

    def drip(self, body: bytes) -> None:
        """Write a large file as slowly as the quirk says."""
        for start in range(0, len(body), PIECE):
            self.wfile.write(body[start : start + PIECE])
            sleep(self.server.hub.quirks.slow)


def _shut(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # the other side was sooner


def _reset(connection: socket.socket) -> None:
    """Close so that the other side is told of an error."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    os.close(connection.detach())
