"""One repo: detail, redirects, closed doors, files, refs, commits, discussions."""

import httpx2
import pytest

from tests.loopback import LoopbackHub

ANN = {"Authorization": "Bearer hf_ann"}
BO = {"Authorization": "Bearer hf_bo"}


def test_list_and_detail_differ_on_providers_and_counts(client: httpx2.Client) -> None:
    query = "expand=inferenceProviderMapping"
    (row,) = client.get(f"/api/models?author=Qwen&{query}").json()
    page = client.get(f"/api/models/Qwen/Qwen3-8B?{query}&expand=childrenModelCount").json()
    assert row["inferenceProviderMapping"][0]["performance"] == {"requestLatencyMs": 193}
    assert page["inferenceProviderMapping"]["together"]["status"] == "live"
    assert page["childrenModelCount"] == {"adapter": 3, "merge": 4, "quantized": 4, "finetune": 4}


def test_children_are_direct_or_all_descendants(hub: LoopbackHub, client: httpx2.Client) -> None:
    path = "/api/models/acme/base?expand=childrenModelCount"
    assert client.get(path).json()["childrenModelCount"]["finetune"] == 1
    hub.quirks.transitive_children = True
    assert client.get(path).json()["childrenModelCount"]["finetune"] == 31  # 30 steps, loop/two
    loop = client.get("/api/models/loop/self?expand=childrenModelCount").json()
    assert loop["childrenModelCount"]["finetune"] == 0  # itself is no descendant


def test_the_default_detail_leaves_out_what_must_be_asked_for(client: httpx2.Client) -> None:
    page = client.get("/api/models/Qwen/Qwen3-8B").json()
    assert {"sha", "siblings", "spaces", "cardData", "usedStorage", "model-index"} <= set(page)
    assert not {"downloadsAllTime", "trendingScore", "childrenModelCount"} & set(page)
    assert page["spaces"] == ["ann/show-gradio", "ann/show-docker"]
    blobs = client.get("/api/models/Qwen/Qwen3-8B/revision/main?blobs=true").json()["siblings"]
    sizes = {row["rfilename"]: row["size"] for row in blobs}
    assert sizes["onnx/model.onnx"] == 500_000_000


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/api/models/acme/old-base", "/api/models/acme/base"),
        ("/api/models/gpt-made", "/api/models/acme/base"),
        ("/api/models/gpt-made/tree/main?limit=3", "/api/models/acme/base/tree/main?limit=3"),
        ("/api/models/qwen/QWEN3-8b/commits/main", "/api/models/Qwen/Qwen3-8B/commits/main"),
        ("/gpt-made/resolve/main/README.md", "/acme/base/resolve/main/README.md"),
        ("/api/datasets/ACME/exam", "/api/datasets/acme/exam"),
        ("/api/users/BO/overview", "/api/users/Bo/overview"),
    ],
)
def test_other_names_are_redirected(client: httpx2.Client, path: str, target: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["location"]) == (307, target)
    assert client.get(path, follow_redirects=True).status_code == 200


@pytest.mark.parametrize(
    ("path", "headers", "status", "code", "words"),
    [
        ("/api/models/no/such", {}, 401, None, "Invalid username or password."),
        ("/api/models/acme/secret", {}, 401, None, "Invalid username or password."),
        ("/api/models/ACME/secret", {}, 401, None, "Invalid username or password."),
        ("/api/models/no/such", BO, 404, "RepoNotFound", "Repository not found"),
        ("/api/models/acme/secret", BO, 404, "RepoNotFound", "Repository not found"),
        ("/api/models", {"Authorization": "Bearer hf_x"}, 401, None, "Invalid credentials"),
        ("/api/models/acme/auto-7b/tree/main", {}, 401, "GatedRepo", "Please log in"),
        ("/acme/manual-7b/resolve/main/config.json", BO, 403, "GatedRepo", "authorized list"),
        ("/api/models/acme/base/tree/nix", {}, 404, "RevisionNotFound", "Invalid rev id: nix"),
        ("/api/models/acme/base/revision/nix", {}, 404, "RevisionNotFound", "Invalid rev id"),
        ("/api/models/acme/base/tree/main/nix", {}, 404, "EntryNotFound", "does not exist"),
        ("/api/models/acme/disabled/tree/main", {}, 403, None, "resource is disabled."),
        ("/api/organizations/nix/overview", {}, 404, None, "Sorry"),
        ("/api/users/acme/overview", {}, 404, None, "This user does not exist"),
        ("/api/whoami-v2", {}, 401, None, "Invalid username"),
        ("/api/nothing", {}, 404, None, "Sorry"),
    ],
)
def test_errors_are_the_hubs(
    client: httpx2.Client,
    path: str,
    headers: dict[str, str],
    status: int,
    code: str | None,
    words: str,
) -> None:
    answer = client.get(path, headers=headers)
    assert (answer.status_code, answer.headers.get("x-error-code")) == (status, code)
    assert words in answer.json()["error"]
    assert answer.headers["x-error-message"] == answer.json()["error"]


def test_a_token_opens_what_it_was_given(client: httpx2.Client) -> None:
    assert client.get("/api/models/acme/secret", headers=ANN).json()["private"] is True
    assert client.get("/api/models/acme/manual-7b/tree/main", headers=ANN).status_code == 200
    assert client.get("/api/models/acme/auto-7b").json()["gated"] == "auto"
    assert client.get("/api/whoami-v2", headers=ANN).json()["name"] == "ann"
    listed = client.get("/api/models?search=secret", headers=ANN).json()
    assert [row["id"] for row in listed] == ["acme/secret"]


def test_gated_repos_may_show_their_card_and_tree(hub: LoopbackHub, client: httpx2.Client) -> None:
    card, tree = "/acme/auto-7b/resolve/main/README.md", "/api/models/acme/auto-7b/tree/main"
    seen = [client.get(path, follow_redirects=True).status_code for path in (card, tree)]
    hub.quirks.gated_readme, hub.quirks.gated_tree = False, True
    turned = [client.get(path, follow_redirects=True).status_code for path in (card, tree)]
    assert (seen, turned) == ([200, 401], [401, 200])


def test_a_tree_lists_folders_first_and_pages(client: httpx2.Client) -> None:
    path = "/api/models/Qwen/Qwen3-8B/tree/main"
    rows = client.get(path).json()
    assert [row["path"] for row in rows][:2] == ["onnx", ".gitattributes"]
    assert [row["path"] for row in client.get(f"{path}/onnx").json()] == ["onnx/model.onnx"]
    everything = client.get(f"{path}?recursive=true").json()
    assert len(everything) == len(rows) + 1
    first = client.get(f"{path}?limit=4&expand=true")
    assert "lastCommit" in first.json()[0]
    assert "securityFileStatus" not in first.json()[0]  # a folder has none
    rest = client.get(first.links["next"]["url"].removeprefix("https://huggingface.co"))
    assert [row["path"] for row in first.json() + rest.json()] == [row["path"] for row in rows]
    assert client.get("/api/models/Qwen/Qwen3-8B/treesize/main/onnx").json()["size"] == 500_000_000


def test_small_files_come_by_the_cache_and_large_ones_from_elsewhere(
    hub: LoopbackHub, client: httpx2.Client
) -> None:
    small = client.get("/Qwen/Qwen3-8B/resolve/main/README.md")
    assert small.status_code == 307
    assert small.headers["location"].startswith("/api/resolve-cache/models/Qwen/Qwen3-8B/")
    body = client.get(small.headers["location"])
    assert body.text == client.get("/Qwen/Qwen3-8B/raw/main/README.md").text
    part = client.get(small.headers["location"], headers={"Range": "bytes=4-10"})
    assert (part.status_code, part.text) == (206, body.text[4:11])
    large = client.get("/Qwen/Qwen3-8B/resolve/main/onnx/model.onnx")
    assert large.status_code == 302
    assert large.headers["location"].startswith(hub.quirks.cdn)
    assert large.headers["x-linked-size"] == "500000000"
    missing = client.get("/bare/no-card/resolve/main/README.md")
    assert (missing.status_code, missing.headers["x-error-code"]) == (404, "EntryNotFound")


def test_refs_commits_and_discussions(client: httpx2.Client) -> None:
    refs = client.get("/api/models/acme/talks/refs?include_prs=1").json()
    assert [ref["ref"] for ref in refs["pullRequests"]] == ["refs/pr/2"]
    assert client.get("/api/models/acme/talks/tree/refs%2Fpr%2F2").status_code == 200
    commits = client.get("/api/models/acme/base/commits/main?limit=2")
    assert commits.headers["x-total-count"] == "3"
    assert "&p=1" in commits.headers["link"]
    sha = client.get("/api/models/acme/base").json()["sha"]
    assert commits.json()[0]["id"] == sha
    path = "/api/models/acme/talks/discussions"
    every, opened = client.get(path).json(), client.get(f"{path}?status=open").json()
    assert (every["count"], opened["count"], every["numClosedDiscussions"]) == (3, 1, 2)
    assert client.get(f"{path}?type=pull_request").json()["discussions"][0]["num"] == 2
    assert client.get(f"{path}/2").json()["status"] == "merged"
