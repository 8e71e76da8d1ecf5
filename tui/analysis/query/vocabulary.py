"""The values that a field of the query line can have, as far as they are known.

Closed sets are known whole. Of tasks, libraries, licences and languages the Hub has lists, which
the caller brings where it has them; else, and for what people make up, the rows at hand tell.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from tui.analysis.memory import quants
from tui.analysis.query.fits import HERE
from tui.analysis.query.terms import CHOICES
from tui.analysis.query.tokens import FIELDS
from tui.analysis.registry.registry import UNKNOWN, Registry
from tui.analysis.repo import licences
from tui.model import KINDS, ORDERS, Repo, late

FORMS = {
    **dict.fromkeys(("params", "likes", "downloads", "alltime"), "7b..14b, >1k or <=500"),
    **dict.fromkeys(("created", "modified"), "<90d, 1w..4w, 2026-03 or >2026-01-31"),
    "name": "a word of the id",
}
"""How the values of a field are written that are too many to list."""

_ALWAYS = {
    **CHOICES,
    "fits": (HERE, "8gb", "12gb", "16gb", "24gb", "32gb", "48gb", "80gb"),
    "ctx": ("4k", "8k", "16k", "32k", "64k", "128k"),
    "quant": (
        "Q4_K_M", "Q8_0", "Q6_K", "Q5_K_M", "Q5_K_S", "Q4_K_S", "Q4_0", "Q4_1", "Q5_0", "Q5_1",
        "Q3_K_M", "Q3_K_S", "Q3_K_L", "Q2_K", "IQ4_XS", "IQ4_NL", "IQ3_M", "IQ3_XXS", "IQ2_M",
        "IQ2_XXS", "IQ1_S", "BF16", "F16", "F32", "FP8", "MXFP4", "NVFP4", "AWQ", "GPTQ", "EXL2",
        "EXL3", "MLX", "bnb",
    ),
    "app": (
        "llama.cpp", "ollama", "lmstudio", "vllm", "sglang", "jan", "mlx-lm", "localai", "msty",
        "docker-model-runner", "node-llama-cpp", "tgi", "drawthings", "diffusionbee", "invoke",
    ),
    "provider": (
        "baseten", "cerebras", "cohere", "deepinfra", "fal-ai", "featherless-ai", "fireworks-ai",
        "groq", "hf-inference", "novita", "nscale", "openai", "ovhcloud", "publicai", "replicate",
        "scaleway", "together", "wavespeed", "zai-org",
    ),
    "license": licences.keys(),
    "library": (
        "transformers", "diffusers", "sentence-transformers", "gguf", "mlx", "peft", "timm",
        "onnx", "keras", "pytorch", "transformers.js", "nemo", "spacy", "vllm",
    ),
    "has": ("gguf", "safetensors", "onnx", "mlx", "lora", "openvino", "4-bit", "8-bit"),
}  # fmt: skip
_CLOSED = {"kind", "sort", "gated", "relation", "origin", "fits", "ctx"}
_LANGUAGE = late.pattern(r"[a-z]{2,3}$")
_MOST = 2000  # values of a field that rows tell


_Told = Callable[[Repo], Iterable[str | None]]


def _nothing(row: Repo) -> Iterable[str | None]:
    return ()


_ROW_TELLS: dict[str, _Told] = {
    "task": lambda row: (row.task,),
    "library": lambda row: (row.library,),
    "license": lambda row: (row.license or "").lower().split(", "),
    "author": lambda row: (row.author,),
    "base": lambda row: (row.id,) if row.kind == "model" else (),
    "provider": lambda row: row.providers,
    "quant": lambda row: (quants.of_repo(row.id, row.tags, None),),
    "dataset": lambda row: (tag[8:] for tag in row.tags if tag.startswith("dataset:")),
    "lang": lambda row: (
        tag for tag in (name.removeprefix("language:") for name in row.tags) if _LANGUAGE.match(tag)
    ),
    "has": lambda row: (tag for tag in row.tags if ":" not in tag),
    "tag": lambda row: row.tags,
}


class Vocabulary:
    """The values of each field, the likeliest first; found out once for each field asked for.

    ``rows`` are those at hand, to be gone through for each field; ``listed`` are values by
    field that the Hub or the program knows.
    """

    def __init__(
        self,
        registry: Registry,
        rows: Iterable[Repo] = (),
        kind: str = "model",
        listed: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self._registry, self._rows, self._kind = registry, rows, kind
        self._listed = listed or {}
        self._known: dict[str, tuple[str, ...]] = {}

    def of(self, field: str) -> tuple[str, ...]:
        """The known values of a field; none for numbers, dates and words."""
        if field not in self._known:
            self._known[field] = self._find(field)
        return self._known[field]

    def _find(self, field: str) -> tuple[str, ...]:
        if field == "kind":
            return KINDS
        if field == "sort":
            return tuple(order for order in ORDERS if self._kind != "space" or order != "downloads")
        if field == "family":
            return tuple(family.key for family in self._registry.families)
        if field == "origin":
            homes = Counter(org.country for org in self._registry.orgs_known)
            return (*(home for home, _ in homes.most_common() if home != UNKNOWN), UNKNOWN)
        always = (*_ALWAYS.get(field, ()), *self._listed.get(field, ()))
        if field in _CLOSED:
            return always
        values_of = _ROW_TELLS.get(field, _nothing)
        counted = Counter(value for row in self._rows for value in values_of(row) if value)
        at_hand = (value for value, _ in counted.most_common(_MOST))
        return tuple(dict.fromkeys((*CHOICES.get(field, ()), *at_hand, *always)))


def fields() -> tuple[str, ...]:
    """Every field, those that most people look for first."""
    first = ("task", "license", "params", "author", "family", "origin", "sort", "has", "library")
    return (*first, *(field for field in FIELDS if field not in first))
