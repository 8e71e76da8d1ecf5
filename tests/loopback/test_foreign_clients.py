"""huggingface_hub, as it is, against the loopback Hub: an outside opinion on the answers.

The scripts run in a process of their own, one after the other, since the client reads HF_ENDPOINT
when it is imported.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.loopback import LoopbackHub, default_world

CLIENT = """
import json, os, sys, traceback
from huggingface_hub import DatasetCard, HfApi, ModelCard, SpaceCard, errors, hf_hub_download
def raised(call, *args, **options):
    try:
        call(*args, **options)
    except Exception as error:
        return type(error).__name__
for line in sys.stdin:
    script, token = json.loads(line)
    os.environ.pop("HF_TOKEN", None)
    if token:
        os.environ["HF_TOKEN"] = token
    scope = {"api": HfApi(), "raised": raised, **globals()}
    try:
        exec(script, scope)
        said = "", scope["answer"]
    except Exception:
        said = traceback.format_exc(), None
    sys.__stdout__.write(json.dumps(said, default=str) + "\\n")
    sys.__stdout__.flush()
"""
Ask = Callable[..., Any]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[LoopbackHub, Ask]]:
    """A Hub, and what gives the ``answer`` of a script that asks it."""
    names = ("PATH", "SYSTEMROOT")
    env = {name: os.environ[name] for name in names if name in os.environ}
    env |= {f"HF_HUB_DISABLE_{name}": "1" for name in ("TELEMETRY", "XET", "PROGRESS_BARS")}
    with LoopbackHub(default_world()) as hub:
        hub.quirks.own_links = True  # the client follows Link as it is written
        env |= {"HF_ENDPOINT": hub.url, "HF_HOME": str(tmp_path_factory.mktemp("client"))}
        pipe = subprocess.PIPE
        command = [sys.executable, "-c", CLIENT]
        with subprocess.Popen(command, env=env, stdin=pipe, stdout=pipe, text=True) as process:
            asked, told = process.stdin, process.stdout
            assert asked is not None
            assert told is not None

            def ask(script: str, token: str = "") -> Any:
                asked.write(json.dumps([script, token]) + "\n")
                asked.flush()
                failed, answer = json.loads(told.readline())
                assert not failed, failed
                return answer

            yield hub, ask
    assert hub.crashes == []


@pytest.fixture
def hub(client: tuple[LoopbackHub, Ask]) -> LoopbackHub:
    """The Hub that the scripts ask, as nobody had asked it."""
    client[0].clear_faults()
    client[0].requests.clear()
    return client[0]


@pytest.fixture
def ask(client: tuple[LoopbackHub, Ask]) -> Ask:
    return client[1]


def test_it_pages_through_every_list(hub: LoopbackHub, ask: Ask) -> None:
    got = ask("""
names = "author downloads likes trendingScore createdAt gated tags baseModels".split()
answer = {
    "sorted": [m.downloads for m in api.list_models(sort="downloads", limit=25)],
    "children": [m.id for m in api.list_models(filter="base_model:adapter:Qwen/Qwen3-8B")],
    "warm": [m.id for m in api.list_models(author="acme", filter=["license:apache-2.0"])],
    "expanded": [m.base_models for m in api.list_models(author="nvidia", expand=names)],
    "full": [len(m.siblings) for m in api.list_models(author="Qwen", full=True)],
    "datasets": [d.id for d in api.list_datasets(sort="likes")],
    "spaces": [s.sdk for s in api.list_spaces(models="Qwen/Qwen3-8B")],
}
""")
    assert len(got["sorted"]) == 25
    assert got["sorted"] == sorted(got["sorted"], reverse=True)
    assert len(got["children"]) == 3
    assert got["warm"] == ["acme/base"]
    assert got["expanded"][0]["relation"] == "finetune"
    assert got["full"] == [6]
    assert len(got["datasets"]) == 4
    assert got["spaces"] == ["gradio", "docker"]


def test_it_follows_the_link_over_pages(hub: LoopbackHub, ask: Ask) -> None:
    got = ask("""
from huggingface_hub.utils import build_hf_headers
from huggingface_hub.utils._pagination import paginate
rows = paginate(f"{api.endpoint}/api/models", {"limit": 9, "sort": "likes"}, build_hf_headers())
answer = [row["id"] for row in rows]
""")
    assert sorted(got) == sorted(repo.id for repo in hub.world.visible("models", None))
    assert len(hub.seen("/api/models?")) == -(-len(got) // 9)


def test_it_reads_one_repo(ask: Ask) -> None:
    got = ask("""
wide = api.model_info("Qwen/Qwen3-8B", expand=["safetensors", "childrenModelCount", "likes"])
plain = api.model_info("qwen/qwen3-8b", files_metadata=True, securityStatus=True)
answer = {
    "total": wide.safetensors.total,
    "sizes": {s.rfilename: s.size for s in plain.siblings},
    "tree": [f.path for f in api.list_repo_tree("Qwen/Qwen3-8B", recursive=True, expand=True)],
    "refs": [r.target_commit for r in api.list_repo_refs("Qwen/Qwen3-8B").branches],
    "commits": [c.title for c in api.list_repo_commits("acme/base")],
    "talks": [d.status for d in api.get_repo_discussions("acme/talks")],
    "dataset": api.dataset_info("acme/exam").tags,
    "space": api.space_info("ann/show-gradio").sdk,
    "sha": plain.sha,
}
""")
    assert got["total"] == 8_000_000_000
    assert got["sizes"]["onnx/model.onnx"] == 500_000_000
    assert "onnx/model.onnx" in got["tree"]
    assert got["refs"] == [got["sha"]]
    assert got["commits"] == ["Update README.md", "Upload weights", "initial commit"]
    assert sorted(got["talks"]) == ["closed", "merged", "open"]
    assert "license:mit" in got["dataset"]
    assert got["space"] == "gradio"


def test_it_reads_cards_and_files(ask: Ask) -> None:
    got = ask("""
answer = {
    "model": ModelCard.load("Qwen/Qwen3-8B").data.license,
    "dataset": DatasetCard.load("acme/exam").text,
    "config": open(hf_hub_download("Qwen/Qwen3-8B", "config.json")).read(),
    "legacy": ModelCard.load("acme/old-base").text.strip().splitlines()[0],
}
""")
    assert got["model"] == "apache-2.0"
    assert got["dataset"].strip() == "# exam"
    assert json.loads(got["config"])["num_hidden_layers"] == 32
    assert got["legacy"] == "# base"


def test_it_knows_the_people_and_the_token(ask: Ask) -> None:
    got = ask(
        """
answer = {
    "me": api.whoami()["name"],
    "secret": api.model_info("acme/secret").private,
    "user": api.get_user_overview("ann").is_pro,
    "org": api.get_organization_overview("Qwen").num_followers,
}
""",
        token="hf_ann",
    )
    assert got == {"me": "ann", "secret": True, "user": True, "org": 90_000}


def test_it_names_the_errors(ask: Ask) -> None:
    script = """
answer = [
    raised(api.model_info, "no/such"),
    raised(api.model_info, "acme/base", revision="nix"),
    raised(hf_hub_download, "acme/base", "nix.json"),
    raised(hf_hub_download, "acme/manual-7b", "config.json"),
    raised(lambda: list(api.list_repo_tree("acme/disabled"))),
    raised(lambda: list(api.list_models(expand=["childrenModelCount"]))),
]
"""
    common = ["RevisionNotFoundError", "RemoteEntryNotFoundError", "GatedRepoError"]
    common += ["DisabledRepoError", "BadRequestError"]
    # a bare 401 is "repository not found" to the client on https addresses only
    assert ask(script) == ["HfHubHTTPError", *common]
    assert ask(script, token="hf_bo") == ["RepositoryNotFoundError", *common]


def test_it_survives_a_server_in_trouble(hub: LoopbackHub, ask: Ask) -> None:
    hub.fault("/api/models?", 503)
    got = ask("answer = len(list(api.list_models(author='Qwen')))")
    assert got == 1
    assert len(hub.seen("/api/models?")) == 2
