"""Made rows of many kinds, and questions about them, each with a plain test for a row."""

from collections.abc import Callable
from functools import cache

from tui.analysis.memory.parameters import LEAST, of_repo
from tui.model import BaseModels, Header, Repo

Test = Callable[[Repo], bool | None]  # None: the row lacks the fact

_TASKS = ("text-generation", "image-text-to-text", None, "fill-mask")
_LICENSES = ("mit", "apache-2.0", None, "Llama3.1", "other, mit")
_OWNERS = ("Qwen", "meta-llama", "someone", "mistralai", "another")
_NAMES = ("Qwen3.5-8B", "Llama-3_1-70B", "thing", "Mistral-7B-Q4_K_M-GGUF", "x-AWQ", "y-GGUF")
_RELATIONS = ("finetune", "quantized", "merge", None, "adapter")


def rows(count: int) -> list[Repo]:
    """``count`` rows, no two alike; facts are missing in some of each kind."""
    return [_row(number) for number in range(count)]


def _row(n: int) -> Repo:
    name = _NAMES[n % 6]
    relation = _RELATIONS[n % 5] if n % 3 else None
    size = (n * 7919) % 90 * 10**9 + n + 1
    gguf = name.endswith("GGUF")
    license = _LICENSES[n % 5]
    return Repo(
        f"{_OWNERS[(n // 2) % 5]}/{name}-{n}",
        author=_OWNERS[(n // 2) % 5],
        task=_TASKS[n % 4],
        library="transformers" if n % 2 else "gguf",
        license=license,
        downloads=None if n % 11 == 0 else (n * 31) % 5000,
        likes=(n * 17) % 997,
        trending_score=float(10**6 - n),
        created_at=("2022-03-02T23:29:04.000Z", f"2026-{n % 9 + 1:02}-11T10:00:00.000Z")[n % 4 > 0],
        gated=(False, "auto", "manual", None)[n % 4],
        params=None if gguf or n % 7 == 0 else size,
        dtypes=() if gguf or n % 7 == 0 else (("BF16", size),),
        gguf=Header(size, "llama", 8192, size // 2) if gguf and n % 7 else None,
        tags=(*(("gguf",) if gguf else ()), *(("en",) if n % 3 else ("zh",))),
        base_models=BaseModels(relation, ("Qwen/Qwen3-8B",)) if relation else None,
        providers=("together",) if n % 13 == 0 else (),
    )


def _likes(low: float, high: float) -> Test:
    return lambda row: low <= (row.likes or 0) <= high


@cache
def _count(row: Repo) -> int | None:
    return of_repo(row).count


def _params(low: float, high: float) -> Test:
    def test(row: Repo) -> bool | None:
        count = _count(row)
        return None if count is None else low <= count <= high

    return test


def _downloads(low: float) -> Test:
    return lambda row: None if row.downloads is None else row.downloads > low


def _licensed(*names: str) -> Test:
    return lambda row: any(name in (row.license or "").lower().split(", ") for name in names)


def _word(*words: str) -> Test:
    return lambda row: all(word in row.id.lower().replace("_", "-") for word in words)


def _origin(code: str) -> Test:
    home = {"Qwen": "CN", "meta-llama": "US", "mistralai": "FR"}

    def test(row: Repo) -> bool | None:
        found = home.get(row.author or "")
        return None if found is None and code != "??" else (found or "??") == code

    return test


def _relation(*names: str) -> Test:
    return lambda row: row.base_models is not None and row.base_models.relation in names


def _created(month: str) -> Test:
    return lambda row: (row.created_at or "").startswith(month)


def _gated(*values: object) -> Test:
    return lambda row: None if row.gated is None else row.gated in values


def both(*tests: Test) -> Test:
    """All of them: False wherever one is, else None where one is."""

    def test(row: Repo) -> bool | None:
        said = [one(row) for one in tests]
        return False if False in said else None if None in said else True

    return test


def no(test: Test) -> Test:
    """The other way around; what is not known is kept."""
    return lambda row: not test(row)


def _task(*names: str) -> Test:
    return lambda row: row.task in names


def _tag(name: str) -> Test:
    return lambda row: name in row.tags or row.library == name


_SINGLE: list[tuple[str, Test]] = [
    ("likes:>=500", _likes(500, 9e9)),
    ("likes:100..200", _likes(100, 200)),
    ("likes:..10,990..", lambda row: (row.likes or 0) <= 10 or (row.likes or 0) >= 990),
    ("params:7b..14b", _params(7e9, 14e9)),
    ("params:>=70b", _params(70e9, 9e18)),
    ("!params:7b..14b", no(_params(7e9, 14e9))),
    ("downloads:>1k", _downloads(1000)),
    ("!downloads:>1k", no(_downloads(1000))),
    ("license:mit", _licensed("mit")),
    ("license:mit,apache-2.0", _licensed("mit", "apache-2.0")),
    ("!license:mit,apache-2.0", no(_licensed("mit", "apache-2.0"))),
    ("license:llama3.1", _licensed("llama3.1")),
    ("task:text-generation", _task("text-generation")),
    ("task:text-generation,fill-mask", _task("text-generation", "fill-mask")),
    ("!task:fill-mask", no(_task("fill-mask"))),
    ("origin:CN", _origin("CN")),
    ("origin:CN,FR", lambda row: a if (a := _origin("CN")(row)) else _origin("FR")(row)),
    ("!origin:US", no(_origin("US"))),
    ("origin:??", _origin("??")),
    ("qwen3.5_8b", _word("qwen3.5", "8b")),
    ("8b qwen3.5", _word("qwen3.5", "8b")),
    ("llama-3-1", _word("llama-3-1")),
    ("!gguf", no(_word("gguf"))),
    ("relation:quantized", _relation("quantized")),
    ("relation:quantized,merge", _relation("quantized", "merge")),
    ("base:Qwen/Qwen3-8B", lambda row: row.base_models is not None),
    ("base:none", lambda row: row.base_models is None),
    ("created:2026-05", _created("2026-05")),
    ("created:2026", lambda row: _created("2026")(row)),
    ("gated:no", _gated(False)),
    ("gated:auto,manual", _gated("auto", "manual")),
    ("has:gguf", _tag("gguf")),
    ("!has:gguf", no(_tag("gguf"))),
    ("lang:en", _tag("en")),
    ("author:qwen", lambda row: row.author == "Qwen"),
    ("author:qwen,mistralai", lambda row: row.author in ("Qwen", "mistralai")),
    ("provider:together", lambda row: "together" in row.providers),
    ("!provider:together", lambda row: "together" not in row.providers),
]


def questions() -> list[tuple[str, Test]]:
    """60 lines, each with its plain test: single fields, and two or three together."""
    made = list(_SINGLE)
    for place in range(22):
        one, other = _SINGLE[place], _SINGLE[(place * 5 + 9) % len(_SINGLE)]
        made.append((f"{one[0]} {other[0]}", both(one[1], other[1])))
    return [
        (f"{line} sort:likes" if at % 2 else line, test) for at, (line, test) in enumerate(made)
    ]


def plain(found: list[Repo], line: str, test: Test) -> tuple[list[str], int]:
    """The ids that a plain loop finds, in the order asked for, and how many rows lack a fact."""
    said = [(row, test(row)) for row in found]
    kept = [row for row, yes in said if yes]
    by_likes = "sort:likes" in line
    kept.sort(key=lambda row: -(row.likes or 0) if by_likes else -(row.trending_score or 0))
    return [row.id for row in kept], sum(yes is None for _, yes in said)


# What the store knows beside the rows: bytes of whole sets in a repo's files, and of sets of its
# quantized children; bytes of cache for each token; the quantizations among the files.
SETS = {
    "Qwen/Qwen3.5-8B-0": (5 * 10**9, 9 * 10**9),
    "someone/y-GGUF-5": (7 * 10**9,),
    "another/thing-8": (11 * 10**9,),
}
QUANTS = {
    "Qwen/Qwen3.5-8B-0": ("Q4_K_M", "Q8_0"),
    "someone/y-GGUF-5": ("Q4_K_M",),
    "another/thing-8": ("Q4_K_S",),
}
CHILD, PARENT = "another/thing-8", "meta-llama/thing-2"
CHILDREN = {PARENT: SETS[CHILD]}
CACHE = {"Qwen/Qwen3.5-8B-0": 2 * 8 * 128 * 32 * 2}  # keys and values, heads, width, layers, bytes
HERE = 12 * 10**9


def _fits(room: int, tokens: int = 0) -> Test:
    def test(row: Repo) -> bool | None:
        left = room - CACHE.get(row.id, 0) * tokens
        if any(size <= left for size in (*SETS.get(row.id, ()), *CHILDREN.get(row.id, ()))):
            return True
        if row.gguf is not None:
            total = row.gguf.total or 0
            if (row.gguf.size or 0) <= left or total * 16.5 / 8 <= left:
                return True
            return False if total * LEAST / 8 > left else None
        if row.dtypes:
            return 2 * row.dtypes[0][1] <= left
        return False if row.id in (*SETS, *CHILDREN) else None

    return test


def _quant(name: str) -> Test:
    def test(row: Repo) -> bool | None:
        if name in QUANTS.get(row.id, ()):
            return True
        if any(name in row.id for name in ("Q4_K_M", "AWQ")):
            return name in row.id
        return None if "gguf" in row.tags and row.id not in QUANTS else False

    return test


def _or(*tests: Test) -> Test:
    """One of them is enough; what is not known is so where none is."""

    def test(row: Repo) -> bool | None:
        said = [one(row) for one in tests]
        return True if True in said else None if None in said else False

    return test


def _qwen(row: Repo) -> bool:
    return row.id.startswith("Qwen/Qwen") or row.base_models is not None


def more() -> list[tuple[str, Test]]:
    """Further lines: what fits, quantizations, families, apps, and words in any case."""
    qwen_8b = both(_word("qwen"), _word("8b"))
    return [
        ("fits:12gb", _fits(12 * 10**9)),
        ("fits:24GB", _fits(24 * 10**9)),
        ("fits:here", _fits(HERE)),
        ("fits:here,100gb", _or(_fits(HERE), _fits(10**11))),
        ("fits:5.5gb ctx:8k", _fits(55 * 10**8, 8192)),
        ("fits:6.5gb ctx:8k sort:likes", _fits(65 * 10**8, 8192)),
        ("fits:here license:mit", both(_fits(HERE), _licensed("mit"))),
        ("quant:q4_k_m", _quant("Q4_K_M")),
        ("quant:AWQ", _quant("AWQ")),
        ("quant:q8_0,awq", _or(_quant("Q8_0"), _quant("AWQ"))),
        ("!quant:q4-k-m", no(_quant("Q4_K_M"))),
        ("family:qwen", _qwen),
        ("!family:Qwen has:gguf", both(no(_qwen), _tag("gguf"))),
        ("QWEN 8B", qwen_8b),
        ("QWEN LICENSE:MIT Task:Text-Generation",
         both(_word("qwen"), _licensed("mit"), _task("text-generation"))),
        ("app:ollama", lambda row: False),
        ("provider:TOGETHER likes:>100", both(_tag_of_provider, _likes(101, 9e9))),
        ("relation:finetune,adapter !base:qwen/qwen3-8b", lambda row: False),
        ("created:2026-02..2026-04",
         lambda row: "2026-02" <= (row.created_at or "")[:7] <= "2026-04"),
        ("created:>2026-06-11 sort:likes", lambda row: (row.created_at or "") > "2026-06-12"),
        ("created:<2023", lambda row: (row.created_at or "") < "2023"),
        ("params:7b.. params:..20b !license:mit",
         both(_params(7e9, 2e10), no(_licensed("mit")))),
        ('"thing" author:someone', both(_word("thing"), lambda row: row.author == "someone")),
    ]  # fmt: skip


def _tag_of_provider(row: Repo) -> bool:
    return "together" in row.providers
