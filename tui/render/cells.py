"""Single figures as short text: counts, ages, sizes, moves, tasks, bars; and text in lines."""

from collections.abc import Iterator

from tui.model import Parameters
from tui.render.spans import cut, head, width

UNKNOWN = "·"
_EIGHTHS = " ▏▎▍▌▋▊▉"
_LEAST = 4  # cells of a line, or there is no room for a sign that something is left out
_LEVELS = "▁▂▃▄▅▆▇█"
_STEPS = ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k"))
_AGES = ((365.25 * 86400, "y"), (30.4375 * 86400, "mo"), (86400, "d"), (3600, "h"), (60, "m"))

# Pipeline tags too long for a column, in the words people use for them.
TASKS = {
    "text-generation": "text-gen",
    "image-text-to-text": "img+text",
    "text-to-image": "txt→img",
    "image-to-image": "img→img",
    "image-text-to-image": "img+txt→img",
    "text-to-video": "txt→video",
    "image-to-video": "img→video",
    "image-text-to-video": "img+txt→video",
    "video-to-video": "video→video",
    "video-text-to-text": "video→txt",
    "text-to-speech": "txt→speech",
    "text-to-audio": "txt→audio",
    "audio-to-audio": "audio→audio",
    "audio-text-to-text": "audio→txt",
    "automatic-speech-recognition": "speech→txt",
    "audio-classification": "audio-cls",
    "image-classification": "img-cls",
    "image-segmentation": "img-seg",
    "image-feature-extraction": "img-feat",
    "image-to-text": "img→text",
    "image-to-3d": "img→3d",
    "text-to-3d": "txt→3d",
    "text-classification": "text-cls",
    "token-classification": "tok-cls",
    "zero-shot-classification": "0shot-cls",
    "zero-shot-image-classification": "0shot-img",
    "feature-extraction": "features",
    "sentence-similarity": "sentence-sim",
    "text-ranking": "text-rank",
    "question-answering": "qa",
    "visual-question-answering": "visual-qa",
    "document-question-answering": "doc-qa",
    "visual-document-retrieval": "doc-retr",
    "reinforcement-learning": "rl",
    "time-series-forecasting": "time-series",
    "object-detection": "obj-detect",
    "depth-estimation": "depth",
    "any-to-any": "any→any",
}


def count(value: float | None) -> str:
    """A count in at most five characters: ``97``, ``9.1k``, ``535k``, ``1.4M``, ``303M``."""
    if value is None:
        return UNKNOWN
    magnitude = abs(value)
    for index, (step, letter) in enumerate(_STEPS):
        if magnitude >= step * 0.9995:
            scaled = value / step
            text = f"{scaled:.1f}" if abs(scaled) < 9.95 else f"{scaled:.0f}"
            if text.lstrip("-") == "1000" and index:  # 999 950 is a million here
                return f"{scaled / 1000:.1f}{_STEPS[index - 1][1]}"
            return text + letter
    return f"{value:.0f}" if value == int(value) else f"{value:.1f}"


def parameters(value: Parameters) -> str:
    """A count of parameters in at most six characters, ``≈`` before one that is reckoned."""
    return ("≈" if value.how == "reckoned" else "") + count(value.count)


def about(value: float) -> str:
    """A large count to three digits, in words' room: ``28.1 B``, ``1.06 T``."""
    for step, letter in _STEPS:
        if value >= step:
            scaled = value / step
            digits = 2 if scaled < 9.995 else 1 if scaled < 99.95 else 0
            return f"{scaled:.{digits}f} {letter}"
    return f"{value:.0f}"


def size(value: float | None) -> str:
    """Bytes in decimal units, as the Hub writes them: ``16.1 GB``, ``638 kB``, ``34 B``."""
    if value is None:
        return UNKNOWN
    for step, unit in ((1e12, "TB"), (1e9, "GB"), (1e6, "MB"), (1e3, "kB")):
        if value >= step:
            scaled = value / step
            return f"{scaled:.2f} {unit}" if scaled < 10 else f"{scaled:.1f} {unit}"
    return f"{value:.0f} B"


def span(seconds: float) -> str:
    """A stretch of time in its largest unit: ``12 s`` as ``12s``, then ``m h d mo y``."""
    seconds = max(0.0, seconds)
    for step, letter in _AGES:
        if seconds >= step:
            return f"{int(seconds / step)}{letter}"
    return f"{int(seconds)}s"


def age(then: float | None, now: float) -> str:
    """How long ago ``then`` was, both in seconds since 1970."""
    return UNKNOWN if then is None else span(now - then)


def move(value: int | str | None) -> str:
    """Rank movement: ``▲2`` risen, ``▼1`` fallen, ``=`` none, ``NEW``, or nothing comparable."""
    if value is None:
        return UNKNOWN
    if isinstance(value, str):
        return value.upper()
    if value == 0:
        return "="
    return f"▲{value}" if value > 0 else f"▼{-value}"


def task(pipeline_tag: str | None, cells: int = 13) -> str:
    """A pipeline tag in few cells."""
    if not pipeline_tag:
        return UNKNOWN
    return cut(TASKS.get(pipeline_tag, pipeline_tag), cells)


def score(value: float | None) -> str:
    """A trending score: whole where it is whole."""
    if value is None:
        return UNKNOWN
    return f"{value:.0f}" if value == int(value) else f"{value:.1f}"


def bar(share: float, cells: int) -> str:
    """A share of 0 to 1 as a bar of eighth blocks; anything above nothing shows."""
    eighths = round(max(0.0, min(1.0, share)) * cells * 8)
    if share > 0:
        eighths = max(1, eighths)
    full, rest = divmod(eighths, 8)
    return "█" * full + (_EIGHTHS[rest] if rest else "")


def sparkline(values: list[float | None]) -> str:
    """One block per value, scaled from the least to the greatest; a gap stays a gap."""
    known = [value for value in values if value is not None]
    if not known:
        return ""
    low, high = min(known), max(known)
    step = (high - low) / (len(_LEVELS) - 1) or 1.0
    return "".join(" " if v is None else _LEVELS[round((v - low) / step)] for v in values)


def wrap(text: str, cells: int, *, hang: str = "", most: int | None = None) -> list[str]:
    """``text`` in lines of at most ``cells`` cells; no line for a blank one.

    ``hang`` begins every line but the first. Of more than ``most`` lines the last one kept ends
    in `` …``.
    """
    cells = max(cells, _LEAST)
    if text.isascii() or all(width(char) == 1 for char in set(text)):
        import textwrap  # needs re only; late since tables never wrap

        return textwrap.wrap(text, cells, subsequent_indent=hang, max_lines=most, placeholder=" …")
    lines = list(_broken(text, cells, hang))
    if most is not None and len(lines) > most:
        lines[most - 1 :] = [f"{head(lines[most - 1], cells - 2).rstrip()} …"]
    return lines


def _broken(text: str, cells: int, hang: str) -> Iterator[str]:
    """``text`` in lines; characters of two cells and of none count as what they take."""
    from tui.render.breaks import UNIT

    begun, line, gap = "", "", ""
    for match in UNIT.finditer(text):
        unit = match[0]
        if unit.isspace():
            gap = " " if line else ""
            continue
        if line and width(begun + line + gap + unit) > cells:
            yield begun + line
            begun, line, gap = hang, "", ""
        while width(begun + unit) > cells and len(unit) > 1:
            part = head(unit, cells - width(begun)) or unit[0]
            yield begun + part
            begun, unit = hang, unit[len(part) :]
        line, gap = line + gap + unit, ""
    if line:
        yield begun + line


def calls(number: int) -> str:
    """``43 calls``, ``1 call``."""
    return f"{number:,} call{'' if number == 1 else 's'}"
