"""What people met in the wild, with the right values: sizes, quantizations, memory."""

import pytest

from tests.unit.analysis.memory import cases
from tui.analysis.memory import footprint, parameters
from tui.analysis.memory.variants import counted, variants

GB = 10**9


@pytest.mark.parametrize(
    ("repo_id", "least", "most", "how", "bits"),
    [
        ("a08-demo/Starling-R1D-7B", 7_615_616_512, 7_615_616_512, "exact", (15.9, 16.1)),
        ("a10-demo/Kestrel-27B-4bit", 26.5e9, 27.9e9, "reckoned", (4.35, 4.55)),
        ("a11-demo/Kestrel-27B-INT8-AutoRound", 27.5e9, 28.7e9, "reckoned", (8.5, 9.1)),
        ("a21-demo/Kimono-K2.5", 1.03e12, 1.09e12, "reckoned", (4.3, 4.7)),
    ],
)
def test_counts_of_safetensors(
    repo_id: str, least: float, most: float, how: str, bits: tuple[float, float]
) -> None:
    page, files = cases.page(repo_id), cases.files(repo_id)
    for found in (parameters.of_repo(page.repo), counted((), page), counted(files, page)):
        assert found.how == how
        assert least <= (found.count or 0) <= most
    (one,) = variants(files, page)
    assert bits[0] <= (one.bits_per_weight or 0) <= bits[1]
    assert "4-bit" in (one.quant or "") or repo_id[:3] != "a21"


def test_a_projectors_header_counts_nothing() -> None:
    page, files = (
        cases.page("a12-demo/Ornis-1.5-9B-GGUF"),
        cases.files("a12-demo/Ornis-1.5-9B-GGUF"),
    )
    for found in (parameters.of_repo(page.repo), counted(files, page)):
        assert found.count is None
        assert "clip" in found.doubt
    assert page.context_length is None
    assert page.architectures == ()
    choices = [one.quant for one in variants(files, page) if not one.helper]
    assert choices == ["IQ2_M", "Q4_K_M", "Q8_0"]


def test_labels_of_gguf_files() -> None:
    page, files = (
        cases.page("a13-demo/Starling-35B-GGUF"),
        cases.files("a13-demo/Starling-35B-GGUF"),
    )
    labels = {
        one.name.rpartition("-35B-")[2] or one.name: one.quant for one in variants(files, page)
    }
    assert labels["Aggressive-Q3_K_P"] in ("Q3_K_P", None)
    assert labels["UD-Q2_K_XXL"] in ("UD-Q2_K_XXL", None)
    assert labels["Flashbird-284B-55IQ2_XXS-34Q2_K-07Q8_0-03F16"] == "IQ2_XXS"
    assert (labels["F32-Q2_K"], labels["TQ2_0"], labels["MXFP4_MOE"]) == (
        "Q2_K",
        "TQ2_0",
        "MXFP4_MOE",
    )
    assert labels["APEX-I-Balanced"] is None


def test_helpers_are_no_choice_of_quantization() -> None:
    page, files = (
        cases.page("a15-demo/Ornis-1.0-9B-GGUF"),
        cases.files("a15-demo/Ornis-1.0-9B-GGUF"),
    )
    rows = footprint.fit(page, files, None, 1).rows
    assert [row.quant for row in rows] == ["IQ3_M", "Q4_K_M", "Q8_0", "BF16"]
    assert rows[0].weights == 5_580_000_000


@pytest.mark.parametrize(
    ("repo_id", "cache", "state"),
    [
        ("c07-demo/LFM-like-1.2B", 402_653_184, 163_840),
        ("c11-demo/Falcon-like-H1-1.5B", 805_306_368, 76_529_664),
    ],
)
def test_caches_of_hybrids(repo_id: str, cache: int, state: int) -> None:
    found = footprint.fit(cases.page(repo_id), cases.files(repo_id), cases.config(repo_id), 32_768)
    (row,) = found.rows
    assert (row.kv_cache, row.state) == (cache, state)
    assert row.total == (row.weights or 0) + cache + state


def test_which_quantization_fits() -> None:
    page, files = cases.page("d02-demo/Quarry-32B-GGUF"), cases.files("d02-demo/Quarry-32B-GGUF")
    config = cases.config("d02-demo/Quarry-32B")
    fits = {}
    for dtype in ("bf16", "q8_0"):
        rows = footprint.fit(page, files, config, 32_768, dtype).rows
        fits[dtype] = max(
            (row.total or 0, row.quant) for row in rows if (row.total or 0) <= 24 * GB
        )
    assert (fits["bf16"][1], round(fits["bf16"][0] / GB, 2)) == ("IQ3_XXS", 21.44)
    assert (fits["q8_0"][1], round(fits["q8_0"][0] / GB, 1)) == ("Q4_K_S", 23.3)
