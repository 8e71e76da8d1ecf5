"""Quantizations by their names: in file names, repo names, tags and the Hub's config digest.

A label is written one way however its owner wrote it: ``Q4_K_M``, ``UD-IQ2_XXS``, ``BF16``,
``NVFP4``, ``AWQ 4-bit``, ``EXL3 4.0 bpw``. The GGUF names are those of llama.cpp's ``llama_ftype``,
of ik_llama.cpp, and of the people who publish with them.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from tui.model import late, quantization

_BEGIN, _END = r"(?<![A-Za-z0-9])", r"(?![A-Za-z0-9])"
_TAIL = r"Q\d(?:_(?:KSS|K[A-Z]?|[01248]|[SMLP]|X{1,3}[SL]|NL|R\d))*+"
_GGUF = late.pattern(
    _BEGIN + rf"((?:UD-)?(?:I|T)?{_TAIL}"
    r"|BF16|FP?16|FP?32|F64|MXFP4(?:_MOE)?|NVFP4|MXFP8|FP8)(?!-unquantized)" + _END,
    late.ANY_CASE,
)
# A share in two digits before each label: 55IQ2_XXS-34Q2_K-07Q8_0.
_MIX = late.pattern(_BEGIN + rf"(\d\d)((?:I|T)?{_TAIL}|BF16|F16|F32)" + _END)
_NO_SIZE = late.pattern(r"_K$")
_OTHER_SIZE = late.pattern(r"_[A-Z]{2,5}(?![A-Za-z0-9])")
_ONNX = late.pattern(_BEGIN + r"(q4f16|u?int8|bnb4|quantized)" + _END, late.ANY_CASE)
_BITS = late.pattern(
    _BEGIN + r"(?:int|bnb)?[-_]?(\d{1,2}(?:\.\d+)?)[-_ ]?(bits?|bpw)" + _END, late.ANY_CASE
)
_INT = late.pattern(
    _BEGIN + r"(?:u?int|w(?=\da\d)|nf|o?q(?!\d_))([1-8])(?:a\d+|e)?" + _END, late.ANY_CASE
)

LEAST, MOST = 0.5, 33.0  # bits of one weight
_LARGE = 2_500_000_000  # parameters

# The first that a name holds is the scheme; those of the second table need their bits.
_FIXED = (
    ("NVFP4", r"nvfp4(?:a16)?"),
    ("MXFP4", r"mxfp4"),
    ("MXFP6", r"mxfp6"),
    ("MXFP8", r"mxfp8"),
)
_SCHEMES = (
    ("EXL3", r"exl3"),
    ("EXL2", r"exl2|exllamav2"),
    ("bnb", r"bnb|bitsandbytes|nf4"),
    ("AWQ", r"awq"),
    ("GPTQ", r"gptq"),
    ("AutoRound", r"auto-?round"),
    ("HQQ", r"hqq"),
    ("AQLM", r"aqlm"),
    ("MLX", r"mlx"),
)
_PLAIN = late.pattern(
    _BEGIN + r"(w[1-8]a(?:\d+|fp8)|oq\d(?:\.\d)?e?|fp8|fp4|int[1-8])" + _END, late.ANY_CASE
)


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(f"{_BEGIN}(?:{pattern}){_END}", late.ANY_CASE)


_FIXED_WORDS = tuple((label, _words(pattern)) for label, pattern in _FIXED)
_SCHEME_WORDS = tuple((label, _words(pattern)) for label, pattern in _SCHEMES)


def of_gguf(name: str) -> str | None:
    """The label in the name of a GGUF file or folder; the last one where there are several.

    A mix that states shares has the label of the greatest; a size that nobody knows has none.
    """
    shares = _MIX.findall(name)
    if shares:
        return _spelled(max(shares, key=lambda share: int(share[0]))[1])
    matches = list(_GGUF.finditer(name))
    if not matches or (
        _NO_SIZE.search(matches[-1][1]) and _OTHER_SIZE.match(name, matches[-1].end())
    ):
        return None
    return _spelled(matches[-1][1])


def of_onnx(name: str) -> str | None:
    """The label in the name of an ONNX file, as transformers.js names them."""
    labels = _ONNX.findall(name)
    return labels[-1].lower() if labels else of_gguf(name)


def of_name(name: str) -> str | None:
    """The label in the name of a repo or of a file of another format."""
    for label, words in _FIXED_WORDS:
        if words.search(name):
            return label
    bits = _bits(name)
    for label, words in _SCHEME_WORDS:
        if words.search(name):
            return _with_bits(label, bits)
    plain = _PLAIN.search(name)
    if plain:
        word = plain[1]
        return f"oQ{word[2:].lower()}" if word[0] in "oO" else word.upper()
    return of_gguf(name) or (f"{bits[0]:g}{bits[1]}" if bits else None)


def of_repo(repo_id: str, tags: Iterable[str], config: Mapping[str, Any] | None) -> str | None:
    """The label of a repo's weights, by its config digest, its name and its tags together.

    Tags of other repos (``base_model:…``) and of datasets are no witness of this repo's weights.
    """
    own = (tag for tag in tags if ":" not in tag)
    return of_name(" ".join([*_config_words(config), repo_id.rpartition("/")[2], *own]))


def means(word: str, label: str) -> bool:
    """Whether a person who writes ``word`` means ``label``: in any case, without its bits."""
    typed, stored = (text.lower().replace("-", "_") for text in (word, label))
    return stored == typed or stored.startswith(f"{typed} ")


def bits_of(label: str | None) -> float | None:
    """The nominal bits of one weight under a packed scheme's label; None where it names none."""
    if label is None:
        return None
    if label in ("NVFP4", "MXFP4", "FP4"):
        return 4.0
    stated = _bits(label)
    return stated[0] if stated else None


def is_packed(label: str | None) -> bool:
    """Whether the label is a scheme's that keeps several weights in one element."""
    return label is not None and label.split(" ")[0] in {name for name, _ in _SCHEMES[:-1]}


def gguf_bits(label: str | None, parameters: int) -> tuple[float, float]:
    """The least and the most bits that a weight takes in a GGUF file under ``label``.

    Files of small models are far from the label's bits: their embeddings are kept wider. Widths
    without an exception (F16, Q8_0) are told apart closely; from llama.cpp's own tables.
    """
    if label is None or not (digit := re.search(r"\d", label)):
        return LEAST, MOST
    bits = float(digit[0])
    plain = {"F32": 32.0, "F16": 16.0, "BF16": 16.0}.get(label)
    if plain:
        return 0.95 * plain, min(1.1 * plain, MOST)
    if bits >= 8:
        return 8.0, 12.0
    large = parameters >= _LARGE
    return 0.8 * bits, 1.45 * bits + 1.2 if large else 3 * bits + 4


def _config_words(config: Mapping[str, Any] | None) -> list[str]:
    stated = quantization(config)
    if stated is None:
        return []
    words = [*stated.method.split(), stated.format]
    return [*words, f"{stated.bits:g}-bit"] if stated.bits else words


def _bits(name: str) -> tuple[float, str] | None:
    match = _BITS.search(name)
    if match:
        return float(match[1]), " bpw" if match[2].lower() == "bpw" else "-bit"
    match = _INT.search(name)
    return (float(match[1]), "-bit") if match else None


def _with_bits(label: str, bits: tuple[float, str] | None) -> str:
    return f"{label} {bits[0]:g}{bits[1]}" if bits else label


def _spelled(label: str) -> str:
    label = label.upper()
    return {"FP16": "F16", "FP32": "F32"}.get(label, label)
