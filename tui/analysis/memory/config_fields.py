"""A model's config.json, field by field, and the kinds of layers that it may describe."""

from collections.abc import Mapping
from typing import Any

FULL = "full"
SLIDING = "sliding"
CHUNKED = "chunked"
LINEAR = "linear"
MAMBA = "mamba"
PARALLEL = "attention and mamba"  # both in one layer
CONV = "convolution"
LRU = "recurrent"  # a linear recurrent unit
WKV = "wkv"  # RWKV
MLSTM = "mLSTM"
GATED = "gated linear"
STATEFUL = (LINEAR, MAMBA, CONV, LRU, WKV, MLSTM, GATED)
INDEXED = "indexed"  # full, with an indexer that has keys of its own
SPARSE = "compressed 1:4"
HEAVY = "compressed 1:128"
NOTHING = "no attention"

Config = Mapping[str, Any]

_LAYERS = ("num_hidden_layers", "n_layer", "num_layers", "n_layers", "num_blocks")
_MOST_LAYERS = 10_000
_NESTED = ("text_config", "llm_config", "language_config", "thinker_config", "text_model")


class MissingFact(Exception):
    """A fact that config.json does not hold; the text names it."""


def text_config(config: Config) -> Config:
    """The part of config.json that describes the language model, however deep it is nested."""
    for key in _NESTED:
        inner = config.get(key)
        if isinstance(inner, Mapping) and inner:
            return text_config(inner)
    return config


def whole(config: Config, *names: str) -> int | None:
    """The first of the named fields that is a positive whole number."""
    for name in names:
        value = config.get(name)
        if isinstance(value, int) and not isinstance(value, bool) and value > 0:
            return value
    return None


def needed(config: Config, *names: str) -> int:
    """``whole``; raises MissingFact with the first name where there is none."""
    value = whole(config, *names)
    if value is None:
        raise MissingFact(names[0])
    return value


def count(config: Config) -> int:
    """The number of layers. Raises MissingFact where no field has it, or it is out of range."""
    layers = needed(config, *_LAYERS)
    if layers > _MOST_LAYERS:
        raise MissingFact("num_hidden_layers (the one given is absurd)")
    return layers
