"""How much memory a model's cache takes: keys and values of the tokens read, by attention kind.

Per token and layer, n_kv key-value heads of d_h: 2 · n_kv · d_h elements (MHA, GQA, MQA); with
multi-head latent attention d_c + d_R, the latent and the rotary key. Source: DeepSeek-V2,
arXiv:2405.04434, table 1. A layer with a window keeps min(tokens, window) of them, and a linear or
Mamba layer a state of constant size: transformers 5, ``cache_utils.py``.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from tui.analysis.memory import config_fields, layer_kinds, recurrent
from tui.analysis.memory.config_fields import Config, MissingFact, needed, whole
from tui.analysis.memory.recurrent_state import State, state

# Bytes of 32 elements. q8_0 and q4_0 are llama.cpp's blocks: 32 integers and a 16-bit scale.
CACHE_DTYPES = {"f32": 128, "bf16": 64, "f16": 64, "fp8": 32, "q8_0": 34, "q4_0": 18}

PAPER = "arXiv:2405.04434, table 1"
CACHE = "transformers cache_utils.py"
SHARED = "transformers modeling_deepseek_v4.py"
_HEADS = ("num_attention_heads", "n_head", "num_heads", "n_heads")
_KV_HEADS = ("num_key_value_heads", "num_kv_heads", "multi_query_group_num", "n_head_kv")
_WINDOWS = ("sliding_window_size", "attention_window_size")
_WIDTH = ("hidden_size", "n_embd", "d_model")
_NO_CACHE = ("ForMaskedLM", "ForSequenceClassification", "ForTokenClassification")


class Part(NamedTuple):
    """Some layers alike: ``elements`` for each entry, an entry for ``every`` tokens or more.

    ``terms`` is the product that gives ``elements``; a ``window`` bounds the tokens.
    """

    layers: int
    what: str
    elements: int
    terms: str
    window: int | None = None
    every: int = 1

    def entries(self, tokens: int) -> int:
        """The entries that one layer keeps after ``tokens`` tokens."""
        return (tokens if self.window is None else min(tokens, self.window)) // self.every


class Cache(NamedTuple):
    """What a model keeps per sequence, or in ``missing`` the facts that would tell."""

    kind: str = ""  # "MHA", "GQA", "MQA", "MLA", with "hybrid" before it where layers differ
    parts: tuple[Part, ...] = ()
    states: tuple[State, ...] = ()
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    source: str = PAPER

    @property
    def known(self) -> bool:
        """Whether no fact is missing for a size."""
        return not self.missing

    def size(self, tokens: int, dtype: str = "bf16") -> int | None:
        """Bytes of keys and values for one sequence of ``tokens``; None where a fact is missing.

        ``dtype`` is a key of CACHE_DTYPES. States are apart: they keep a size and a dtype of
        their own.
        """
        if not self.known:
            return None
        elements = sum(part.layers * part.elements * part.entries(tokens) for part in self.parts)
        return -(-elements * CACHE_DTYPES[dtype] // 32)

    def state(self) -> int | None:
        """Bytes of the recurrent states of one sequence, whatever its length."""
        return sum(kind_state.size() for kind_state in self.states) if self.known else None

    def reserved(self, tokens: int, dtype: str = "bf16") -> int | None:
        """``size`` for an engine that gives layers with a window the whole context."""
        whole = tuple(part._replace(window=None) for part in self.parts)
        return self._replace(parts=whole).size(tokens, dtype)

    def formula(self, dtype: str = "bf16") -> str:
        """The sum of keys and values with its figures; "" where there are none or not known."""
        width = f"{CACHE_DTYPES[dtype] / 32:g} B"
        terms = [f"{part.layers} {_terms(part)} × {width} ({part.what})" for part in self.parts]
        return " + ".join(terms) if self.known else ""

    def state_formula(self) -> str:
        """The sum of the states with its figures; "" where there are none or not known."""
        return " + ".join(kind_state.words() for kind_state in self.states) if self.known else ""


def cache(config: Config) -> Cache:
    """The cache that a model's config.json describes."""
    text = config_fields.text_config(config)
    try:
        _refuse(config)
        return _cache(text)
    except MissingFact as fact:
        return Cache(missing=(str(fact),))


def _refuse(config: Config) -> None:
    named = str(config.get("architectures"))
    if any(word in named for word in _NO_CACHE):
        raise MissingFact("a decoder: this model generates no text and keeps no cache")
    if config.get("is_encoder_decoder") is True:
        raise MissingFact("no formula for encoder-decoder models")


def _cache(text: Config) -> Cache:
    counted = Counter(layer_kinds.kinds(text))
    both = counted.pop(config_fields.PARALLEL, 0)
    counted.update({config_fields.FULL: both, config_fields.MAMBA: both} if both else {})
    stateful = [kind for kind in config_fields.STATEFUL if counted[kind]]
    states = {kind: _state(text, kind, counted[kind]) for kind in stateful}
    if (
        stateful
        and not any(states.values())
        and not set(counted) - {*stateful, config_fields.NOTHING}
    ):
        raise MissingFact(f"no formula for the state of {stateful[0]} layers in this config")
    notes = [
        f"the constant state of {counted[kind]} {kind} layers is not counted"
        for kind in stateful
        if states[kind] is None
    ]
    if isinstance(text.get("sparse_attention_config"), Mapping):
        notes.append("keys of the sparse attention's own index are not counted")
    rest = (kind for kind in counted if kind not in (*stateful, config_fields.NOTHING))
    parts = _joined(part for kind in rest for part in _parts(text, kind, counted[kind]))
    hybrid = len(parts) > 1 or bool(parts and stateful)
    notes += [f"{both} layers attend and keep a state, both counted"] if both else []
    kind = f"hybrid {_kind(text, parts)}" if hybrid else _kind(text, parts)
    return Cache(
        kind=kind,
        parts=parts,
        states=tuple(kind_state for kind_state in states.values() if kind_state),
        notes=tuple(notes),
        source=_source(text, hybrid or bool(stateful)),
    )


def _state(text: Config, kind: str, count: int) -> State | None:
    return state(text, kind, count) or recurrent.state(text, kind, count)


def _source(text: Config, mixed: bool) -> str:
    if isinstance(text.get("compress_ratios"), list):
        return SHARED
    return f"{PAPER}; {CACHE}" if mixed else PAPER


def _joined(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Layers that keep the same, counted together."""
    counted: Counter[Part] = Counter()
    for part in parts:
        counted[part._replace(layers=0)] += part.layers
    return tuple(part._replace(layers=count) for part, count in counted.items())


def _parts(text: Config, kind: str, count: int) -> list[Part]:
    if isinstance(text.get("compress_ratios"), list):
        return _compressed(text, kind, count)
    if whole(text, "kv_lora_rank"):
        return [_latent(text, kind, count)]
    if isinstance(text.get("block_configs"), list):
        return _searched(text)
    window = {
        config_fields.SLIDING: "sliding_window",
        config_fields.CHUNKED: "attention_chunk_size",
    }.get(kind)
    heads, key, value = _heads(text, kind)
    terms = f"2 × {heads} × {key}" if key == value else f"{heads} × ({key} + {value})"
    bound = needed(text, window, *_WINDOWS) if window else None
    return [Part(count, kind, heads * (key + value), terms, bound)]


def _latent(text: Config, kind: str, count: int) -> Part:
    """Multi-head latent attention: one latent and one rotary key for all heads."""
    latent, rotary = needed(text, "kv_lora_rank"), needed(text, "qk_rope_head_dim")
    index = needed(text, "index_head_dim") if kind == config_fields.INDEXED else 0
    terms = f"({latent} + {rotary} + {index})" if index else f"({latent} + {rotary})"
    contents = "latent and index key" if index else "latent"
    return Part(count, contents, latent + rotary + index, terms)


def _compressed(text: Config, kind: str, count: int) -> list[Part]:
    """DeepSeek-V4: one vector is key and value; a window of tokens, and one entry per so many.

    Layers that compress by 4 have an indexer with compressed keys of its own
    (transformers 5, ``modeling_deepseek_v4.py``).
    """
    dim = needed(text, "head_dim")
    parts = [Part(count, "window", dim, f"{dim}", needed(text, "sliding_window"))]
    every = {config_fields.SPARSE: 4, config_fields.HEAVY: 128}.get(kind)
    if every:
        parts.append(Part(count, kind, dim, f"{dim}", every=every))
    if every == 4:
        index = needed(text, "index_head_dim")
        parts.append(Part(count, "index keys", index, f"{index}", every=4))
    return parts


def _searched(text: Config) -> list[Part]:
    """nemotron-nas: each block says how many query heads share one key-value head."""
    heads, dim = needed(text, *_HEADS), _head_dim(text)
    groups = [block["attention"].get("n_heads_in_group") for block in text["block_configs"]]
    sizes = Counter(heads // group for group in groups if isinstance(group, int) and group > 0)
    return [
        Part(count, config_fields.FULL, 2 * kv * dim, f"2 × {kv} × {dim}")
        for kv, count in sizes.items()
    ]


def _heads(text: Config, kind: str) -> tuple[int, int, int]:
    """Key-value heads, and the width of one key and of one value, in layers of ``kind``."""
    if kind == config_fields.SLIDING and whole(text, "swa_num_key_value_heads"):  # MiMo
        key = needed(text, "swa_head_dim")
        value = whole(text, "swa_v_head_dim") or key
        return needed(text, "swa_num_key_value_heads"), key, value
    heads = _kv_heads(text)
    key = _head_dim(text)
    if kind == config_fields.FULL and whole(text, "global_head_dim"):  # Gemma 4
        key = needed(text, "global_head_dim")
        if text.get("attention_k_eq_v") is True:
            heads = whole(text, "num_global_key_value_heads") or heads
        return heads, key, key
    return heads, key, whole(text, "v_head_dim") or key


def _kv_heads(text: Config) -> int:
    """Key-value heads; where a config names none, each head has its own (transformers)."""
    if text.get("multi_query") is True and not whole(text, *_KV_HEADS):
        return 1
    return whole(text, *_KV_HEADS) or needed(text, *_HEADS)


def _head_dim(text: Config) -> int:
    stated = whole(text, "head_dim", "kv_channels", "attention_head_dim")
    if stated:
        return stated
    heads = whole(text, *_HEADS)
    if heads is None:
        raise MissingFact("head_dim")
    return needed(text, *_WIDTH) // heads


def _kind(text: Config, parts: tuple[Part, ...]) -> str:
    if whole(text, "kv_lora_rank"):
        return "MLA"
    if not parts:
        return "no keys and values"
    if isinstance(text.get("compress_ratios"), list):
        return "shared-KV MQA"
    heads = whole(text, *_HEADS)
    if heads is None or isinstance(text.get("block_configs"), list):
        return "GQA"
    kv = _kv_heads(text)
    return "MHA" if kv == heads else "MQA" if kv == 1 else "GQA"


def _terms(part: Part) -> str:
    tokens = "tokens" if part.window is None else f"min(tokens, {part.window})"
    entries = tokens if part.every == 1 else f"⌊{tokens} / {part.every}⌋"
    return f"layers × {part.terms} × {entries}"
