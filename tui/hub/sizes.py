"""A repo's witnesses of its size in the Hub's answers, and the same written back.

Kept are the few facts that count weights. Chat templates, kilobytes in each row's ``gguf`` and
``config``, are cut here and never stored.
"""

from collections.abc import Mapping
from typing import Any

from tui.hub.shape import count, counts, line, mapping, number, plain
from tui.model import Header, Quantization, Repo, quantization

_LONG = ("tokenizer_config", "chat_template", "chat_template_jinja", "additional_chat_templates")


def dtypes(safetensors: object) -> tuple[tuple[str, int], ...]:
    """Elements by dtype, as the headers of safetensors count them."""
    by_type = mapping(safetensors).get("parameters")
    return tuple(counts(by_type).items()) if by_type else ()


def header(gguf: object) -> Header | None:
    """What the Hub read in one GGUF file's header; None where it read none."""
    fields = mapping(gguf)
    if not fields:
        return None
    numbers = (count(fields.get(name)) for name in ("total", "context_length", "totalFileSize"))
    total, context, size = numbers
    return Header(total or None, line(fields.get("architecture")), context, size)


def quantized(config: object, stored: object = None) -> Quantization | None:
    """What a config digest states of a quantization; ``stored``: as ``written`` wrote it."""
    if isinstance(stored, dict):
        words = (line(stored.get(name)) or "" for name in ("method", "format"))
        method, form = words
        return Quantization(method, number(stored.get("bits")), count(stored.get("group")), form)
    stated = quantization(mapping(config)) if config else None
    if stated is None:
        return None
    return stated._replace(method=line(stated.method) or "", format=line(stated.format) or "")


def digest(config: Mapping[str, Any]) -> dict[str, Any] | None:
    """The config digest with its text cleaned and without templates."""
    fields = {name: value for name, value in config.items() if name not in _LONG}
    return plain(fields) or None


def written(repo: Repo) -> dict[str, Any]:
    """The witnesses of a row in the Hub's own shape; what is not known is left out."""
    witnesses: dict[str, Any] = {}
    if repo.params or repo.dtypes:
        elements = {"total": repo.params, "parameters": dict(repo.dtypes)}
        witnesses["safetensors"] = {name: value for name, value in elements.items() if value}
    if repo.gguf:
        names = ("total", "architecture", "context_length", "totalFileSize")
        header = zip(names, repo.gguf)
        witnesses["gguf"] = {name: value for name, value in header if value is not None}
    if repo.quantization:
        witnesses["quantization"] = repo.quantization._asdict()
    return witnesses
