import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.analysis.data import child, repo, tagged, trending
from tui.analysis.query.query_line import RowIndex, parse, select, text
from tui.analysis.registry.registry import Registry, load
from tui.model import BadInput, Query, Repo, Term
from tui.model.when import seconds

NOW = seconds("2026-05-04T12:00:00Z") or 0.0


@pytest.fixture(scope="module")
def tables() -> Registry:
    return load()


def test_the_whole_line() -> None:
    line = (
        "qwen task:text-generation params:7b..14b !has:gguf created:<90d origin:CN base:none"
        " sort:likes author:x license:mit library:mlx lang:en likes:>10 downloads:>1k gated:no"
        " family:qwen relation:quantized"
    )
    assert parse(line) == Query(
        words=("qwen",),
        author="x",
        task="text-generation",
        filters=("license:mit", "mlx", "en"),
        sort="likes",
        terms=(
            Term("params", "7b..14b"),
            Term("has", "gguf", True),
            Term("created", "<90d"),
            Term("origin", "CN"),
            Term("base", "none"),
            Term("likes", ">10"),
            Term("downloads", ">1k"),
            Term("gated", "no"),
            Term("family", "qwen"),
            Term("relation", "quantized"),
        ),
        asked=(("gated", "false"),),  # the list is bounded: the Hub's own sizes are not asked
    )


@pytest.mark.parametrize(
    ("line", "query"),
    [
        ("", Query()),
        ("  two  words ", Query(words=("two", "words"))),
        ('"two words" "task:x"', Query(words=("two words", "task:x"))),
        (r'"a \"b\" \\"', Query(words=('a "b" \\',))),
        ("!gguf", Query(terms=(Term("name", "gguf", True),))),
        ('license:"my own"', Query(filters=("license:my own",))),
        ("base:Qwen/Qwen3-8B", Query(filters=("base_model:Qwen/Qwen3-8B",))),
        ("base:quantized:a/b", Query(filters=("base_model:quantized:a/b",))),
        ("BASE:None", Query(terms=(Term("base", "none"),))),
        ("!base:a/b", Query(terms=(Term("base", "a/b", True),))),
        ("origin:cn", Query(terms=(Term("origin", "CN"),))),
        ("kind:dataset lang:en", Query(kind="dataset", filters=("language:en",))),
        ("tag:a:b tag:a:b", Query(filters=("a:b",))),
        ("10:30", Query(words=("10:30",))),
        ("name:gguf", Query(words=("gguf",))),
    ],
)
def test_lines(line: str, query: Query) -> None:
    assert parse(line) == query
    assert parse(text(query)) == query


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("colour:red", "colour: is no field; use kind, task"),
        ("params:7b", "params:7b is no range; write a..b"),
        ("params:..", "no range"),
        ("likes:>x", "likes:>x is no range"),
        ("created:soon", "created:soon is no time"),
        ("created:<90d..", "no time"),
        ("created:2026-13", "no time"),
        ("created:..", "no time"),
        ("created:1d..2026-01", "no time"),
        ("sort:size", "sort:size means nothing; use trending"),
        ("sort:likes,parms", "sort:parms means nothing; did you mean params?"),
        ("sort:parms", "did you mean params?"),
        ("sort:!", "sort:! means nothing"),
        ("kind:paper", "use model, dataset, space"),
        ("gated:perhaps", "use yes, no"),
        ("relation:cousin", "use finetune"),
        ("origin:Chinese-made", "two letters"),
        ("origin:China", "origin:CHINA is no country's code; did you mean CN?"),
        ("origin:UK", "did you mean GB?"),
        ("licence:mit", "licence: is no field; did you mean license:?"),
        ("is:gguf", "is: is no field; did you mean has:?"),
        ("sort:lieks", "sort:lieks means nothing; did you mean likes?"),
        ("relation:finetuned", "means nothing; did you mean finetune?"),
        ("gated:manuel", "means nothing; did you mean manual?"),
        ("task:", "task: needs a value"),
        ("!", "! needs a value"),
        ("task:a task:b", "task: stands twice"),
        ("!sort:likes", "no meaning"),
        ('"open', "quote is not closed"),
        ('a"b "c', "quote is not closed"),
    ],
)
def test_a_line_that_cannot_be_understood_says_why(line: str, says: str) -> None:
    with pytest.raises(BadInput) as problem:
        parse(line)
    assert says in str(problem.value)


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("params:>1.5b", ("num_parameters", "min:93750K")),
        ("params:<=500k", ("num_parameters", "max:500K")),
        ("params:1..1.5", ("num_parameters", "min:1,max:2")),
        ("params:2t..", ("num_parameters", "min:125B")),
        ("gated:manual", ("gated", "true")),
        ("app:OLLAMA", ("apps", "ollama")),
        ("provider:together", ("inference_provider", "together")),
        ("kind:dataset gated:no", ("gated", "false")),
    ],
)
def test_what_the_hub_can_narrow_is_asked_and_tested_again(
    line: str, asked: tuple[str, str]
) -> None:
    query = parse(line)
    assert query.asked == (asked,)
    assert [term.field for term in query.terms] == [line.split()[-1].partition(":")[0]]
    assert query.key != parse(f"kind:{query.kind}").key
    assert parse(text(query)) == query


@pytest.mark.parametrize("line", ["!params:>1b", "!gated:yes", "kind:space gated:no", "likes:>1"])
def test_what_the_hub_would_answer_otherwise_is_not_asked(line: str) -> None:
    assert parse(line).asked == ()


def test_an_app_is_the_hubs_to_know() -> None:
    with pytest.raises(BadInput, match="!app:ollama cannot be asked"):
        parse("!app:ollama")
    served = ROW._replace(providers=("together",))
    assert select([ROW, served], parse("provider:together"), load(), NOW) == [served]
    assert select([ROW, served], parse("!provider:together"), load(), NOW) == [ROW]
    assert select([ROW, served], parse("app:ollama"), load(), NOW) == []


VALUES = st.text(min_size=1, max_size=12).filter(lambda value: value == value.strip())
TERMS = st.one_of(
    st.builds(Term, st.just("name"), VALUES, st.just(True)),
    st.builds(Term, st.just("likes"), st.sampled_from([">1k", "1..2", "<=3.5m"]), st.booleans()),
    st.builds(Term, st.just("modified"), st.sampled_from(["<1w", "2026..2026-03"]), st.booleans()),
    st.builds(Term, st.just("origin"), st.sampled_from(["??", "CN"]), st.booleans()),
    st.builds(Term, st.just("has"), VALUES, st.just(True)),
)
ORDERED = st.lists(
    st.sampled_from(["trending", "likes", "!likes", "created", "params", "license", "!id"]),
    min_size=1,
    max_size=3,
)
QUERIES = st.builds(
    lambda orders, **parts: Query(**parts).ordered(orders),
    orders=ORDERED,
    kind=st.sampled_from(["model", "dataset", "space"]),
    words=st.lists(VALUES, max_size=3).map(tuple),
    author=st.none() | VALUES,
    task=st.none() | VALUES.map(str.lower).filter(lambda task: task == task.lower()),
    filters=st.lists(VALUES, max_size=3, unique=True).map(tuple),
    terms=st.lists(TERMS, max_size=3).map(tuple),
    limit=st.just(Query().limit),
    asked=st.just(()),
)


@given(QUERIES)
def test_the_text_of_a_query_gives_it_again(query: Query) -> None:
    assert parse(text(query)) == query


@given(st.text(max_size=40))
def test_any_line_is_a_query_or_a_clear_no(line: str) -> None:
    try:
        query = parse(line)
    except BadInput:
        return
    assert parse(text(query)) == query


ROW = Repo(
    "Acme/Tiny-7B",
    author="Acme",
    task="text-generation",
    library="transformers",
    license="mit",
    downloads=2000,
    likes=11,
    params=7_600_000_000,
    created_at="2026-03-01T00:00:00.000Z",
    gated=False,
    tags=("safetensors", "en", "base_model:Qwen/Qwen3-8B", "base_model:finetune:Qwen/Qwen3-8B"),
)


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("tiny acme", True),
        ("tiny huge", False),
        ("!tiny", False),
        ("!huge", True),
        ("author:ACME", True),
        ("task:text-generation", True),
        ("!task:text-generation", False),
        ("license:MIT", True),
        ("library:transformers", True),
        ("has:SafeTensors", True),
        ("has:gguf", False),
        ("!has:gguf", True),
        ("lang:en", True),
        ("base:qwen/qwen3-8b", True),
        ("base:none", False),
        ("base:any", True),
        ("relation:finetune", True),
        ("relation:merge", False),
        ("family:qwen", True),
        ("family:Qwen3", True),
        ("family:Qwen3-Omni", False),
        ("family:llama", False),
        ("origin:??", True),
        ("params:7b..14b", True),
        ("params:..7.6b", True),
        ("params:<7.6b", False),
        ("params:<=7.6b", True),
        ("likes:>11", False),
        ("likes:>=11", True),
        ("downloads:1k..", True),
        ("alltime:>0", False),
        ("!alltime:>0", True),
        ("created:<90d", True),
        ("created:>90d", False),
        ("created:1w..4w", False),
        ("created:2mo..3mo", True),
        ("created:30d..", True),
        ("created:..30d", False),
        ("created:2026-03", True),
        ("created:2026-02", False),
        ("created:2026", True),
        ("created:<2026-03-01", False),
        ("created:>2026-02", True),
        ("created:>2026-03-01", False),
        ("created:2025-12..2026-03-01", True),
        ("modified:<90d", False),
        ("gated:no", True),
        ("gated:yes", False),
        ("kind:dataset", False),
    ],
)
def test_what_a_row_satisfies(tables: Registry, line: str, kept: bool) -> None:
    assert select([ROW], parse(line), tables, NOW) == [ROW] * kept


def test_base_knows_the_hubs_own_field_too(tables: Registry) -> None:
    rows = [child("a/b", "quantized", "Qwen/Qwen3-8B"), repo("a/c")]
    assert select(rows, parse("base:none"), tables, NOW) == rows[1:]
    assert select(rows, parse("base:Qwen/Qwen3-8B"), tables, NOW) == rows[:1]
    assert select(rows, parse("base:quantized:qwen/qwen3-8b"), tables, NOW) == rows[:1]
    assert select(rows, parse("base:merge:Qwen/Qwen3-8B"), tables, NOW) == []


def test_an_unknown_family_is_named(tables: Registry) -> None:
    with pytest.raises(BadInput, match="'banana' names no single family; `hubscope families"):
        select([ROW], parse("family:banana"), tables, NOW)


def test_origin_follows_the_rule_it_is_given(tables: Registry) -> None:
    rows = [repo("Qwen/a"), repo("me/b")]
    assert select(rows, parse("origin:cn"), tables, NOW) == rows[:1]
    by_root = select(rows, parse("origin:cn"), tables, NOW, lambda row: "CN+US")
    assert by_root == rows


def test_words_look_at_each_row_once(tables: Registry) -> None:
    rows = [repo(f"owner-{at}/model-{at % 7}b") for at in range(10_000)]
    shelf = RowIndex(rows)
    found = shelf.select(parse("owner-12 model-3b"), tables, NOW)
    assert found == [row for row in rows if "owner-12" in row.id and "model-3b" in row.id]


def test_real_rows_against_plain_loops(tables: Registry) -> None:
    rows = trending()
    found = select(rows, parse("qwen has:gguf likes:>50 sort:likes"), tables, NOW)
    plain = [
        row
        for row in rows
        if "qwen" in row.id.lower() and "gguf" in row.tags and (row.likes or 0) > 50
    ]
    assert found == sorted(plain, key=lambda row: -(row.likes or 0))
    assert len(found) > 10
    none = select(rows, parse("base:none"), tables, NOW)
    assert len(select(rows, parse("base:any"), tables, NOW)) == len(rows) - len(none)
    assert len(none) == sum(not any(t.startswith("base_model:") for t in r.tags) for r in rows)
    assert select([tagged("a/b", "finetune", "c/d")], parse("base:c/D"), tables, NOW)
