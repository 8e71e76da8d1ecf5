"""``search``: words, author, task and order, in a pipe that may close early."""

import json
from pathlib import Path

from tests.conftest import Shell
from tests.loopback import LoopbackHub, World


def test_the_first_three_ids_of_a_search_come_out_quietly(hub: LoopbackHub, run: Shell) -> None:
    told = run.script("hubscope search qwen -q | head -3; exit ${PIPESTATUS[0]}")
    assert (told.code, told.err) == (0, "")
    ids = told.out.splitlines()
    assert len(ids) == 3
    assert ids[0] == "Qwen/Qwen3-8B"
    assert all("qwen" in repo_id.lower() for repo_id in ids)


def test_a_reader_that_leaves_before_the_end_is_no_error(
    world: World, hub: LoopbackHub, run: Shell
) -> None:
    for number in range(2000):  # more than a pipe holds
        world.model(f"qwen-{'x' * 80}/{number:04}", trendingScore=1000 - number / 4)
    told = run.script(
        "set -o pipefail; hubscope search qwen --limit 2000 -q | (read first; echo $first)"
    )
    assert (told.code, told.err) == (0, "hubscope: 2,000 of more; --limit 0 for all\n")
    assert told.out == f"qwen-{'x' * 80}/0000\n"


def test_author_task_and_order_are_asked_of_the_hub(hub: LoopbackHub, run: Shell) -> None:
    told = run("search", "--author", "ann", "--sort", "likes", "--json")
    ids = [row["id"] for row in json.loads(told.out)["rows"]]
    assert ids == [f"ann/Qwen3-8B-{kind}" for kind in ("merge", "quantized", "adapter", "finetune")]
    told = run("search", "--task", "image-text-to-text", "-q")
    assert told.out == "nvidia/Cosmos-Reason1-7B\n"


def test_words_are_anded_however_they_are_written(hub: LoopbackHub, run: Shell) -> None:
    one = run("search", "qwen3 gguf", "-q")
    assert one.out == "bob/Qwen3-8B-GGUF\n"
    assert run("search", "GGUF", "Qwen3", "-q").out == one.out


def test_a_search_is_told_again_with_the_hub_gone(hub: LoopbackHub, run: Shell) -> None:
    fresh = run("search", "qwen", "--json")
    hub.stop()
    stored = json.loads(run("search", "qwen", "--json").out)
    assert stored["rows"] == json.loads(fresh.out)["rows"]
    assert (stored["command"], stored["source"], stored["stale"]) == ("search", "cache", True)


def test_offline_every_stored_row_answers(hub: LoopbackHub, run: Shell) -> None:
    assert run("search", "cosmos", "--offline").code == 5  # nothing is stored at all
    assert run("trending", "--limit", "100").code == 0
    hub.stop()
    told = run("search", "qwen3", "--offline", "--json")
    answer = json.loads(told.out)
    ids = [row["id"] for row in answer["rows"]]
    assert "bob/Qwen3-8B-GGUF" in ids
    assert all("qwen3" in repo_id.lower() for repo_id in ids)
    assert (answer["source"], answer["stale"]) == ("cache", True)
    assert run("search", "has:gguf", "--offline", "-q").out.splitlines() == ["bob/Qwen3-8B-GGUF"]
    nothing = run("search", "no-such-word", "--offline", "-q")
    assert (nothing.code, nothing.out) == (0, "")


def test_what_is_private_is_found_by_its_owner_only(hub: LoopbackHub, run: Shell) -> None:
    assert run("search", "secret", "-q").out == ""
    assert run("search", "secret", "-q", HF_TOKEN="hf_ann").out == "acme/secret\n"
    hub.stop()
    assert run("search", "secret", "-q", HF_TOKEN="hf_ann").out == "acme/secret\n"
    assert run("search", "secret", "-q").out == ""


def test_a_wrong_word_is_one_line_and_on_a_terminal_pointed_at(run: Shell) -> None:
    told = run("search", "qwen", "licence:mit")
    said = "hubscope: licence: is no field; did you mean license:?\n"
    assert (told.code, told.out, told.err) == (2, "", said)
    told = run.terminal("search", "模型", "licence:mit")
    assert told.code == 2
    assert told.out == f"{said}模型 licence:mit\n     ^^^^^^^^\n"
    told = run.terminal("search", "x " * 60, "sort:lieks")
    *_, line, carets = told.out.splitlines()
    assert line[carets.index("^") : len(carets)] == "sort:lieks"
    assert len(line) < 80


def test_a_value_that_nobody_has_is_doubted(hub: LoopbackHub, run: Shell) -> None:
    assert run("trending", "-q").code == 0
    told = run("search", "task:text-generation", "quant:Q4_K_N", "-q")
    assert (told.code, told.out) == (0, "")
    assert "nothing found; q4_k_n is no known quant; did you mean Q4_K_M?" in told.err
    told = run.terminal("search", "license:mit,apache-2", "likes:>9", "-q")
    assert told.code == 0
    lines = told.out.splitlines()
    assert lines[-2:] == ["license:mit,apache-2 likes:>9", "            ^^^^^^^^"]


def test_offline_all_rows_are_counted(hub: LoopbackHub, run: Shell) -> None:
    assert run("trending", "--limit", "100").code == 0
    every = run("search", "qwen3", "--offline", "--limit", "0", "-q").out.split()
    assert len(every) > 10
    grouped = run("search", "qwen3", "--offline", "--by", "origin", "--json")
    assert sum(one["count"] for one in json.loads(grouped.out)["groups"]) == len(every)
    assert run("search", "qwen3", "--offline", "--limit", "3", "-q").out.split() == every[:3]
    loose = run("search", "Qwen3_8B", "--offline", "--limit", "0", "-q").out.split()
    assert "Qwen/Qwen3-8B" in loose


def test_an_order_alone_is_a_question(hub: LoopbackHub, run: Shell) -> None:
    by_likes = run("search", "sort:likes", "--json")
    rows = json.loads(by_likes.out)["rows"]
    assert [row["likes"] for row in rows] == sorted((row["likes"] for row in rows), reverse=True)
    assert run("search").code == 2


def test_what_fits_here_follows_the_settings(hub: LoopbackHub, run: Shell, tmp_path: Path) -> None:
    folder = tmp_path / "home" / "config"
    folder.mkdir(parents=True)
    for memory, fits in (("5GB", False), ("40GB", True)):
        (folder / "config.toml").write_text(f'memory = "{memory}"\n')
        told = run("search", "fits:here", "-q")
        assert ("Qwen/Qwen3-8B" in told.out.split()) is fits
        assert told.out == run("search", f"fits:{memory}", "-q").out
    told = run("machine", "--json")
    assert json.loads(told.out)["machine"]["room"] == 40 * 10**9


def test_an_order_of_several_columns_is_that_of_the_line_and_of_the_option(
    world: World, hub: LoopbackHub, run: Shell
) -> None:
    for at in range(12):
        world.model(f"acme/ord-{at:02}", license=("mit", "gpl")[at % 2], likes=at % 3)
    by_line = run("search", "ord sort:license,likes,!id", "--json")
    rows = json.loads(by_line.out)["rows"]
    told = [(row["license"], row["likes"], row["id"]) for row in rows]
    assert len(told) == 12
    assert told == sorted(
        sorted(told, key=lambda one: one[2], reverse=True), key=lambda one: (one[0], -one[1])
    )
    body = json.loads(run("search", "ord", "--sort", "license,likes,!id", "--json").out)
    assert body["rows"] == rows
    assert (body["query"]["sort"], body["query"]["order"]) == ("likes", ["license", "likes", "!id"])
    assert (body["complete"], body["looked"]) == (True, 12)
    assert isinstance(rows[0]["likes"], int)


def test_an_order_that_the_hub_has_not_says_which_rows_it_is_over(
    world: World, hub: LoopbackHub, run: Shell
) -> None:
    for at in range(150):
        world.model(f"acme/ord-{at:03}", trendingScore=at, params={"BF16": (at * 7) % 150 + 1})
    told = run("search", "ord sort:params", "--limit", "5", "--json")
    body = json.loads(told.out)
    assert (body["complete"], body["looked"]) == (False, 100)
    few = run("search", "ord sort:params", "--limit", "5", "-q")
    assert (
        few.err == "hubscope: ordered over the Hub's first 100 rows; --limit 0 looks through all\n"
    )
    assert few.out.split() == [row["id"] for row in body["rows"]]
    first = [(at * 7) % 150 + 1 for at in range(50, 150)]  # of the hundred that trend most
    assert [row["params"] for row in body["rows"]] == sorted(first, reverse=True)[:5]
    told = run("search", "ord sort:params", "--limit", "0", "--json")
    body = json.loads(told.out)
    assert (told.err, body["complete"], body["looked"]) == ("", True, 150)
    assert [row["params"] for row in body["rows"]] == list(range(150, 0, -1))
    again = run("search", "ord sort:params", "--limit", "5", "--offline", "-q")
    assert again.out == few.out


def test_an_order_alone_is_a_search_and_a_wrong_one_is_named(hub: LoopbackHub, run: Shell) -> None:
    assert run("search", "sort:likes", "-q").out == run("search", "--sort", "likes", "-q").out != ""
    for words in (("search", "qwen", "--sort", "parms"), ("search", "qwen sort:likes,parms")):
        told = run(*words)
        assert (told.code, told.out) == (2, "")
        assert "sort:parms means nothing; did you mean params?" in told.err
