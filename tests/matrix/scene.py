"""The scene of a fault: a Hub, a store, a clock, a way between them, and how all are mended."""

import os
import pickle
import random
import ssl
import subprocess
import threading
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.app.stage import NOW, Clock, Stage
from tests.loopback import LoopbackHub, World, default_world
from tui.hub.http import HttpWire
from tui.hub.wire import Answer

ROWS = 260  # three pages of a list
DAY = 86_400.0


def world() -> World:
    """A Hub with three pages of models."""
    whole: World = pickle.loads(_world())
    return whole


@cache
def _world() -> bytes:
    whole = default_world()
    for number in range(ROWS - len(whole.repos["models"])):
        whole.model(f"many/model-{number:03}", likes=number, trendingScore=0.001 * number)
    return pickle.dumps(whole)


@cache
def _certificate() -> str:
    """A certificate with its key, as PEM, that nobody vouches for."""
    with TemporaryDirectory() as folder:
        name = f"{folder}/certificate.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
             "-nodes", "-keyout", name, "-out", name, "-days", "9", "-subj", "/CN=127.0.0.1"],
            check=True, capture_output=True,
        )  # fmt: skip
        return Path(name).read_text()


class Scene:
    """One fault's scene, over a store in ``folder``, which HUBSCOPE_HOME names."""

    def __init__(self, hub: LoopbackHub, folder: Path) -> None:
        self.hub, self.folder = hub, folder
        self.clock = Clock()
        self.way = ""  # where questions go in truth; "" to the Hub
        self.stage = _Stage(hub.url, self)
        self._patches: list[Any] = []
        self._running: list[ThreadingHTTPServer] = []

    def wire(self) -> HttpWire:
        """The way to the Hub."""
        return _Way(self)

    def patch(self, patch: Any) -> None:
        """Put a patch in force until the scene is mended."""
        patch.start()
        self._patches.append(patch)

    def mend(self) -> None:
        """Everything is as it should be again; old connections are closed."""
        while self._patches:
            self._patches.pop().stop()
        while self._running:
            server = self._running.pop()
            server.shutdown()
            server.server_close()
        self.clock.now, self.way = NOW, ""
        self.hub.stop()
        self.hub.start()

    def distrust(self) -> None:
        """The Hub has a certificate that nobody vouches for."""
        path = self.folder / "certificate.pem"
        path.write_text(_certificate())
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        server = _Quiet(("127.0.0.1", 0), BaseHTTPRequestHandler)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        self._running.append(server)
        self.way = f"https://127.0.0.1:{server.server_address[1]}"

    def corrupt(self, places: int = 50) -> None:
        """Write over so many places of the store's files, whoever has them open."""
        chance = random.Random(places)
        for path in self.folder.rglob("*.db"):
            with path.open("r+b") as file:
                size = path.stat().st_size
                for _ in range(places if size else 0):
                    file.seek(chance.randrange(size))
                    file.write(os.urandom(chance.choice((1, 8, 64))))


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """The caller does not go on: that is the point."""


class _Stage(Stage):
    """A stage whose questions go where the scene says."""

    def __init__(self, endpoint: str, scene: Scene) -> None:
        super().__init__(endpoint, scene.clock)
        self.wire = scene.wire


class _Way(HttpWire):
    def __init__(self, scene: Scene) -> None:
        super().__init__()
        self._scene = scene

    async def get(self, url: str, headers: dict[str, str], **how: Any) -> Answer:
        """Ask, at the address where the questions go in truth."""
        if self._scene.way:
            url = url.replace(self._scene.hub.url, self._scene.way)
        return await super().get(url, headers, **how)
