"""Where answers come from, as the options, the settings and the environment name it."""

import os
import time
from argparse import Namespace
from functools import partial
from typing import TYPE_CHECKING

from tui import terminal_options
from tui.ask.sources import Ranking, Sources
from tui.store.paths import home

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.analysis.registry.registry import Registry
    from tui.config import Config
    from tui.hub.wire import Wire
    from tui.store.store import Store


def open_sources(args: Namespace, *, sync: bool = False) -> Sources:
    """The store, the endpoint and the login that ``args`` and the environment name.

    ``sync``: what arrives is on the disk before it is printed.
    """
    from tui.analysis.registry.own_tables import load_own
    from tui.hub.token import endpoint, offline, peek_token
    from tui.store.store import Store

    base, folders = endpoint(), home(os.environ)
    chosen, faults = settings()
    chosen = terminal_options.told(chosen, args)
    if args.sample:
        store = Store.without_cache(folders, sync=sync)
        store.notices += faults
        load = partial(load_own, folders.config, store.notices.append)
        return sample_sources(store, base, load, chosen.memory)
    store = Store.open(folders, base, sync=sync)
    store.notices += faults
    load = partial(load_own, folders.config, store.notices.append)
    patience, token = chosen.patience, peek_token()
    wire = None if args.offline or offline() else partial(_wire, patience)
    return Sources(
        *(store, base, time.time, load),
        wire=wire,
        token=token,
        patience=patience,
        memory=chosen.memory,
    )


def settings() -> "tuple[Config, list[str]]":
    """The reader's settings, and a line for each that cannot be used."""
    from tui.config import read

    return read(home(os.environ).config)


def _wire(patience: float) -> "Wire":
    from tui.hub.http import HttpWire

    return HttpWire(patience)


def sample_sources(
    store: "Store", endpoint: str, load: "Callable[[], Registry]", memory: int | None = None
) -> Sources:
    """The bundled sample: its oldest date is the age of all, its last but one list the baseline."""
    from tui.model.when import seconds
    from tui.sample.facts import rankings, sample_date
    from tui.sample.wire import SampleWire

    def earlier() -> Ranking:
        before = rankings()[-2]
        return seconds(before.taken_at) or 0.0, before.rows

    return Sources(
        store,
        endpoint,
        time.time,
        load,
        wire=SampleWire,
        universe="sample",
        taken_at=seconds(sample_date().oldest),
        earlier=earlier,
        memory=memory,
    )


def sample(args: Namespace) -> tuple[Sources, str]:
    """The bundled sample as sources, and what the screen calls it."""
    from tui.sample.facts import sample_date

    args.sample = True
    return open_sources(args), f"sample of {sample_date().newest}"
