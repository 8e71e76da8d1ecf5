"""A loopback Hub: a real HTTP server on 127.0.0.1 that answers as huggingface.co would.

    from tests.loopback import LoopbackHub, World, default_world, faults

    world = World()
    world.model("acme/base", downloads=900, task="text-generation", params={"BF16": 7_000_000_000})
    world.model("ann/tune", base=("finetune", ["acme/base"]), trendingScore=7.5, readme="# Tune")
    with LoopbackHub(world) as hub:  # hub.url is the endpoint
        hub.fault("/api/models", 503, times=2)  # the next two lists
        hub.fault("/api/trending", faults.truncated_json)
        gate = hub.gate("/api/models/acme")  # holds what matches until gate.open()
        hub.limits.quotas["api"] = 3  # then 429; hub.limits.begin_window() forgives
        hub.quirks.not_modified = True  # quirks.py has every switch
        assert not hub.seen("/api/trending")  # the log of requests, by prefix

Nothing in it sleeps, but ``quirks.slow`` in a large file. The parts: ``world`` (repos and their
builders), ``seed`` (worlds ready made), ``shared`` (a world of the captured data), ``faults``,
``limits``, ``quirks``, ``server``; the answers are made in ``routes``, ``lists``, ``repos``,
``talks``, ``people``, ``content``.
``python -m tests.loopback --port 0`` serves one to a person.
"""

from tests.loopback import faults
from tests.loopback.answer import Answer, Request
from tests.loopback.seed import add_weights, default_world
from tests.loopback.server import LoopbackHub
from tests.loopback.shared import shared_data, world_from_shared
from tests.loopback.world import HubRepo, Large, Token, World, moment

__all__ = [
    "Answer",
    "HubRepo",
    "Large",
    "LoopbackHub",
    "Request",
    "Token",
    "World",
    "add_weights",
    "default_world",
    "faults",
    "moment",
    "shared_data",
    "world_from_shared",
]
