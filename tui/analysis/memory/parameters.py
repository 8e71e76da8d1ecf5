"""How many parameters a model has, from all its witnesses together; none counts alone.

``safetensors.total``, the counts by dtype, the bytes of the files, the quantization that config,
tags or name state, the header of a GGUF file and the size in the repo's name. Where they agree the
count is exact; where one had to be chosen or unpacked it is reckoned and says how; where they
disagree it is unknown.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tui.analysis.lineage.edges import parents_of
from tui.analysis.memory import dtype_counts, size_by_name
from tui.analysis.memory.dtype_counts import Reading
from tui.model import Detail, Header, Parameters, Quantization, Repo, quantization

LEAST, MOST = 0.5, 33.0  # bits of one weight
_SAME = 1.02
_FITS = 1.03  # times: the tensors' bytes against their files', which have headers too
_NEARLY = 1.1
_TIED = 1.15
_WORST = 3.0
_LOOSE = 0.9  # of the least bits under a label: what a part may be short of
# What a name or a tag holds where it states a quantization; the labels are read only then.
_HINTS = (
    *("bit", "bpw", "awq", "gptq", "int4", "int8", "fp8", "fp4", "nf4", "w4a", "w8a", "bnb"),
    *("exl", "hqq", "aqlm", "quant"),
)
SILENT = "no count is recorded"
_CONFLICT = "the witnesses disagree"


class Weighed(NamedTuple):
    """Bytes of the sets of weights beside each other in a repo; helpers are not among them."""

    tensors: tuple[int, ...] = ()  # of safetensors
    gguf: tuple[tuple[str | None, int], ...] = ()  # with the label of each


_UNWEIGHED = Weighed()


class _Witnesses(NamedTuple):
    repo: Repo
    dtypes: Mapping[str, int]
    scheme: Quantization | None
    header: Header | None
    stated: tuple[float, ...]  # sizes in the name
    storage: int | None  # bytes of all large files ever: a bound
    weighed: Weighed


def of_repo(repo: Repo) -> Parameters:
    """The count that a row's own witnesses give."""
    return _heard(_witnesses(repo, dict(repo.dtypes), None, None, Weighed()))


def of_detail(detail: Detail, weighed: Weighed = _UNWEIGHED) -> Parameters:
    """The count that a repo's page gives, and where they are at hand the bytes of its files."""
    repo = detail.repo
    stated = quantization(detail.config)
    dtypes = dict(repo.dtypes) or detail.dtypes or {}
    return _heard(_witnesses(repo, dtypes, stated, detail.used_storage, weighed))


def bits(size: int | None, count: int | None) -> float | None:
    """Bits of one weight; None where one of the two is unknown, or they cannot be of one model."""
    width = 8 * size / count if size and count else None
    return width if width and LEAST <= width <= MOST else None


def scheme_of(repo: Repo, stated: Quantization | None = None) -> Quantization | None:
    """How the weights are quantized: by the config, else by the repo's name and tags."""
    stated = stated or repo.quantization
    text = " ".join((repo.id, *(tag for tag in repo.tags if ":" not in tag))).lower()
    if not any(map(text.__contains__, _HINTS)):
        return stated
    from tui.analysis.memory import quants

    label = quants.of_repo(repo.id, repo.tags, None)
    named_bits = quants.bits_of(label)
    if stated is not None:
        return stated if stated.bits or not named_bits else stated._replace(bits=named_bits)
    if label is None or (named_bits is None and not quants.is_packed(label)):
        return None
    return Quantization(label.lower(), named_bits)


def _witnesses(
    repo: Repo,
    dtypes: Mapping[str, int],
    stated: Quantization | None,
    storage: int | None,
    weighed: Weighed,
) -> _Witnesses:
    counted = {name: n for name, n in dtypes.items() if n}
    return _Witnesses(
        repo=repo,
        dtypes=counted,
        scheme=scheme_of(repo, stated),
        header=repo.gguf if repo.gguf and repo.gguf.total else None,
        stated=size_by_name.sizes(repo.id),
        storage=storage,
        weighed=weighed,
    )


def _heard(seen: _Witnesses) -> Parameters:
    tensors, header = _of_tensors(seen), _of_header(seen)
    if tensors is None or header is None:
        counted = tensors or header or Parameters(doubt=SILENT)
    else:
        counted = _of_both(seen, tensors, header)
    if counted.count and _is_adapter(seen.repo) and not _whole_by_name(seen, counted.count):
        return Parameters(doubt=f"an adapter: the {counted.count:,} parameters counted are its own")
    return counted


def _of_both(seen: _Witnesses, tensors: Parameters, header: Parameters) -> Parameters:
    """Safetensors and GGUF in one repo."""
    if tensors.count is None or header.count is None:
        side = tensors if tensors.count else header
        return side if side.count is None or side is tensors else side._replace(how="reckoned")
    if _apart(tensors.count, header.count) <= _NEARLY:
        return tensors
    fitting = [
        side for side in (tensors, header) if size_by_name.near(side.count or 0, seen.stated)
    ]
    if len(fitting) == 1:
        doubt = f"safetensors count {tensors.count:,}, the GGUF header {header.count:,}"
        return fitting[0]._replace(how="reckoned", doubt=doubt)
    if tensors.how == "exact" and seen.weighed.tensors:
        return tensors
    return _none(f"safetensors count {tensors.count:,}, the GGUF header {header.count:,}")


def _of_tensors(seen: _Witnesses) -> Parameters | None:
    """The count by the headers of safetensors; None where there are none."""
    total = seen.repo.params
    readings = dtype_counts.readings(seen.dtypes, seen.scheme)
    if not readings:
        return _of_total(seen, total) if total else None
    counts = [reading.weights for reading in readings]
    agreed = [reading for reading in readings if total and _agree(seen, reading, total)]
    elements = sum(seen.dtypes.values())
    if total and not agreed and _apart(elements, total) > _SAME:
        return _against_total(seen, readings, total)
    fitting = _fitting(seen, readings)
    if not fitting:
        return _none(f"{_told(seen.dtypes)} take other bytes than the files")
    if agreed and agreed[0].weights != elements and agreed[0] in fitting:
        fitting = agreed  # the Hub's total is unpacked, and says how
    chosen = _chosen(seen, fitting)
    if chosen is None:
        either = " or ".join(f"{count:,}" for count in dict.fromkeys(counts))
        return _none(f"{_told(seen.dtypes)} may be {either}, and nothing says which")
    return _settled(seen, chosen, total)


def _agree(seen: _Witnesses, reading: Reading, total: int) -> bool:
    """Whether the Hub's total is this reading's; where it unpacks, it may leave out the scales."""
    bare = reading.unpacked and max(seen.dtypes.values()) <= total <= reading.weights
    return bare or _apart(reading.weights, total) <= _SAME


def _settled(seen: _Witnesses, chosen: Reading, total: int | None) -> Parameters:
    """The reading as a value; what the Hub has unpacked itself is its own total."""
    count, how, doubt = chosen.weights, chosen.how, chosen.words
    if chosen.unpacked and total and _agree(seen, chosen, total):
        count = min(count, total)
    off = _off(seen, chosen)
    if how == "exact" and off is not None and off > _FITS:
        how, doubt = "reckoned", f"the files are {off:.2g} times off the bytes of the counts"
    return Parameters(count, how, doubt)


def _against_total(seen: _Witnesses, readings: Sequence[Reading], total: int) -> Parameters:
    """Counts by dtype, and a total far from them: the counts, where another witness is theirs."""
    doubt = f"safetensors.total says {total:,}, the counts by dtype {sum(seen.dtypes.values()):,}"
    fitting = _fitting(seen, readings)
    chosen = _chosen(seen, fitting) if fitting else None
    sizes = seen.weighed.tensors
    if chosen is None or (seen.stated and not size_by_name.near(chosen.weights, seen.stated)):
        by_name = size_by_name.near(total, seen.stated)
        if by_name and (not sizes or any(bits(size, total) for size in sizes)):
            return Parameters(total, "reckoned", doubt)
    if chosen is None:
        return _none(doubt)
    off = _off(seen, chosen)
    witnessed = off <= _FITS if off is not None else size_by_name.near(chosen.weights, seen.stated)
    how = chosen.how if witnessed else "reckoned"
    return Parameters(chosen.weights, how, doubt)


def _of_total(seen: _Witnesses, total: int) -> Parameters:
    """A total alone, without counts by dtype."""
    scheme, sizes = seen.scheme, seen.weighed.tensors
    if scheme is not None and (scheme.bits is None or scheme.bits < dtype_counts.BITS["U8"]):
        nominal = scheme.bits or 0
        if any(0.8 * nominal <= (bits(size, total) or 0) <= 1.8 * nominal + 1 for size in sizes):
            return Parameters(total, "reckoned", "the total alone, which the files bear out")
        return _none(f"{total:,} elements of a packed quantization, and no counts by dtype")
    if size_by_name.far(total, seen.stated):
        return _none(f"{total:,} elements in all, and no counts by dtype")
    if sizes and not any(bits(size, total) for size in sizes):
        return _none(f"{total:,} elements in all, and files of {max(sizes):,} bytes")
    return Parameters(total, "exact" if scheme is None else "reckoned")


def _fitting(seen: _Witnesses, readings: Sequence[Reading]) -> list[Reading]:
    """The readings whose bytes can be those of the files."""
    if not seen.weighed.tensors:
        bound = seen.storage or 0
        return [reading for reading in readings if not bound or reading.size <= bound * _WORST]
    offs = [(_off(seen, reading) or 1.0, reading) for reading in readings]
    best = min(off for off, _ in offs)
    if best > _WORST:
        return []
    return [reading for off, reading in offs if off <= best * _TIED]


def _chosen(seen: _Witnesses, fitting: Sequence[Reading]) -> Reading | None:
    """The one reading that the name, or else its own likelihood, leaves."""
    if len({reading.weights for reading in fitting}) == 1:
        alone = fitting[0]
        weighed = bool(seen.weighed.tensors)
        return alone if alone.likely or weighed or _near(seen, alone) else None
    close = [reading for reading in fitting if _near(seen, reading)]
    if close:
        return min(
            close, key=lambda reading: min(_apart(reading.weights, size) for size in seen.stated)
        )
    likely = [reading for reading in fitting if reading.likely]
    return likely[0] if len(likely) == 1 else None


def _off(seen: _Witnesses, reading: Reading) -> float | None:
    """The ratio, at least 1, of the reading's bytes and the nearest set of files; None for none."""
    sizes = seen.weighed.tensors
    return min((_apart(reading.size, size) for size in sizes), default=None)


def _of_header(seen: _Witnesses) -> Parameters | None:
    """The count by a GGUF file's header, where it is the model's own; None without a header."""
    header = seen.header
    if header is None or not header.total:
        return None
    total = header.total
    described = f"the header at hand ({header.architecture or 'no architecture'}, {total:,})"
    if header.of_helper:
        return Parameters(doubt=f"{described} is that of a projector or another helper")
    if size_by_name.far(total, seen.stated):
        return _none(f"{described} is not of the size that the name states")
    sizes = seen.weighed.gguf
    other = [label for label, size in sizes if not holds(label, size, total)]
    if 3 * len(other) > len(sizes):
        return _none(f"{described} is not that of {len(other)} of {len(sizes)} files")
    if header.size and 8 * header.size < LEAST * total:
        return _none(f"{described} is more than the files hold")
    off = [size for label, size in sizes if not holds(label, size, total, closely=True)]
    if off:
        doubt = f"{len(off)} of {len(sizes)} files are of another size than the header says"
        return Parameters(total, "reckoned", doubt)
    return Parameters(total, "exact")


def holds(label: str | None, size: int, total: int, *, closely: bool = False) -> bool:
    """Whether a GGUF file of ``size`` bytes can hold so many weights under its label."""
    from tui.analysis.memory import quants

    width = bits(size, total)
    low, high = quants.gguf_bits(label, total)
    low = low * (1 if closely else _LOOSE)
    return width is not None and low <= width <= high


def _is_adapter(repo: Repo) -> bool:
    declared = any(edge.relation == "adapter" for edge in parents_of(repo))
    return declared or repo.library == "peft" or "lora" in repo.tags


def _whole_by_name(seen: _Witnesses, count: int) -> bool:
    return bool(seen.stated) and not size_by_name.far(count, seen.stated)


def _near(seen: _Witnesses, reading: Reading) -> bool:
    return size_by_name.near(reading.weights, seen.stated)


def _apart(count: float, other: float) -> float:
    """The greater by the smaller, at least 1; infinite where one is not above 0."""
    return max(count, other) / min(count, other) if count > 0 and other > 0 else float("inf")


def _told(dtypes: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {n:,}" for name, n in dtypes.items())


def _none(doubt: str) -> Parameters:
    return Parameters(doubt=f"{_CONFLICT}: {doubt}")
