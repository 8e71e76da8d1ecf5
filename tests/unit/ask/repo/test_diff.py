"""Models side by side."""

from tests.unit.ask.repo.made import detail
from tui.analysis.repo.diff import DiffRow, Side, rows
from tui.model import Eval, File
from tui.render import diff as drawn
from tui.render.spans import plain

GB = 10**9


def result(value: float, *, verified: bool = False) -> Eval:
    return Eval("acme/exam", "t1", None, value, verified, None, None, "eval_results")


A = Side(
    "acme/base",
    detail("acme/base", dtypes={"BF16": 8 * GB}, license="mit", evals=(result(70.0),)),
    (File("model.safetensors", 16 * GB), File("README.md", 900)),
)
B = Side(
    "ann/tune",
    detail(
        "ann/tune",
        dtypes={"BF16": 8 * GB},
        license="other",
        license_name="acme-1",
        base=("finetune", "acme/base"),
        evals=(result(60.0), result(75.5, verified=True)),
    ),
    (File("model.safetensors", 16 * GB), File("onnx", 0, "directory")),
)


def by_field(*sides: Side) -> dict[str, DiffRow]:
    return {row.field: row for row in rows(sides)}


def test_what_is_the_same_what_differs_and_what_is_unknown() -> None:
    found = by_field(A, B)
    assert found["parameters"] == DiffRow("parameters", (8 * GB, 8 * GB), True)
    assert found["licence"] == DiffRow("licence", ("mit", "acme-1"), False)
    assert found["base model"] == DiffRow("base model", (None, "acme/base"), None)
    assert found["relation"].values == (None, "finetune")
    assert found["weights BF16"] == DiffRow("weights BF16", (16 * GB, 16 * GB), True)
    assert found["files"] == DiffRow("files", (2, 1), False)
    assert found["files bytes"] == DiffRow("files bytes", (16 * GB + 900, 16 * GB), False)


def test_weights_that_a_side_does_not_offer_are_no_unknown() -> None:
    gguf = Side("bob/gguf", detail("bob/gguf"), (File("m-Q4_K_M.gguf", 5 * GB),))
    assert by_field(A, gguf)["weights Q4_K_M"] == DiffRow("weights Q4_K_M", (None, 5 * GB), False)
    unlisted = gguf._replace(id="bob/gated", files=None)
    assert by_field(gguf, unlisted)["weights Q4_K_M"].same is None


def test_a_verified_result_goes_before_a_self_reported_one() -> None:
    assert by_field(A, B)["eval acme/exam · t1"].values == (70.0, 75.5)


def test_what_neither_side_has_is_no_row() -> None:
    assert "successor" not in by_field(A, B)


def test_a_side_without_facts_or_files_is_unknown_throughout() -> None:
    found = rows([A, Side("gone/away", None, None)])
    assert all(row.same is None and row.values[1] is None for row in found)


def test_facts_come_before_files_before_evaluations() -> None:
    fields = [row.field for row in rows([B, A])]
    heads = [fields.index(field) for field in ("licence", "files", "weights BF16")]
    assert heads == sorted(heads)
    assert fields[-1] == "eval acme/exam · t1"


def test_more_than_two_sides() -> None:
    assert by_field(A, B, A)["licence"] == DiffRow("licence", ("mit", "acme-1", "mit"), False)


def test_the_table_marks_differences_and_gives_sizes_for_people() -> None:
    lines = [plain(line) for line in drawn.lines(["acme/base", "ann/tune"], rows([A, B]), 100)]
    assert all(len(line) <= 100 for line in lines)
    (weights,) = [line for line in lines if "weights BF16" in line]
    assert weights.split() == ["weights", "BF16", "=", "16.0", "GB", "16.0", "GB"]
    (licence,) = [line for line in lines if line.strip().startswith("licence")]
    assert licence.split() == ["licence", "≠", "mit", "acme-1"]
