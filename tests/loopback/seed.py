"""A made world with every shape of lineage and every kind of trouble that a repo can have."""

from random import Random

from tests.loopback.world import Content, Large, World, moment

NASTY = (
    "---\nlicense: mit\n---\n# Nasty\x1b]52;c;aGVsbG8=\x07 \x9b31m card\n\n"
    "<script>alert(1)</script> [red]markup[/red] \u202edesrever\u202c \U000e0041\n\n"
    "| a | b |\n|---|---|\n| **1** | `2` |\n\n![x](../../etc/passwd)\n[go](javascript:alert(1))\n"
)
CARD = """---
license: {license}
---
# {name}

A made model.

## Use

```python
load({name!r})
```
"""


def default_world() -> World:
    """Some sixty repos: lineage of every shape, closed doors, datasets, Spaces, a token."""
    world = World()
    roots(world)
    lineage(world)
    loops(world)
    doors(world)
    others(world)
    world.user("ann", isPro=True, fullname="Ann Example")
    world.user("Bo")
    world.token("hf_ann", "ann", access=["acme/manual-7b", "acme/secret"])
    world.token("hf_bo", "Bo")
    return world


def roots(world: World) -> None:
    """First-party bases of several countries' labs."""
    for place, (repo_id, billions) in enumerate(
        (
            ("Qwen/Qwen3-8B", 8),
            ("meta-llama/Llama-3.1-8B", 8),
            ("google/gemma-3-4b-it", 4),
            ("deepseek-ai/DeepSeek-R1", 685),
            ("mistralai/Mistral-7B-v0.1", 7),
            ("acme/base", 1),
        )
    ):
        name = repo_id.split("/")[1]
        repo = world.model(
            repo_id,
            task="text-generation",
            library="transformers",
            license="apache-2.0",
            params={"BF16": billions * 1_000_000_000},
            tags=["conversational", "en"],
            downloads=10_000_000 // (place + 1),
            downloadsAllTime=90_000_000 // (place + 1),
            likes=4000 - 500 * place,
            trendingScore=60 - 7.5 * place,
            inference="warm",
            config={"architectures": ["MadeForCausalLM"], "model_type": "made"},
            readme=CARD.format(license="apache-2.0", name=name),
            files={
                "config.json": {"model_type": "made", "num_hidden_layers": 32},
                "model-00001-of-00002.safetensors": billions * 1_000_000_000,
                "model-00002-of-00002.safetensors": billions * 1_000_000_000,
                "onnx/model.onnx": 500_000_000,
            },
        )
        repo.commits = ["Update README.md", "Upload weights", "initial commit"]
        repo.facts["inferenceProviderMapping"] = [
            {
                "_id": "0" * 24,
                "provider": "together",
                "providerId": repo_id,
                "status": "live",
                "task": "conversational",
                "performance": {"requestLatencyMs": 193},
                "type": "single-model",
                "isModelAuthor": False,
            }
        ]
    world.org("Qwen", isVerified=True, plan="enterprise", numFollowers=90_000)


def lineage(world: World) -> None:
    """Children by every relation, a chain, a wide merge, a ghost parent, a bare tag."""
    for number, relation in enumerate(("finetune", "adapter", "quantized", "merge")):
        for who in ("ann", "bob", "cy"):
            world.model(
                f"{who}/Qwen3-8B-{relation}",
                base=(relation, ["Qwen/Qwen3-8B"]),
                task="text-generation",
                downloads=100 * number,
                likes=number,
                trendingScore=number / 2,
                createdAt=moment(2000 + number),
            )
    world.model(
        "bob/Qwen3-8B-GGUF",
        base=("quantized", ["Qwen/Qwen3-8B"]),
        tags=["gguf"],
        downloads=70_000,
        gguf={
            "total": 8_000_000_000,
            "architecture": "qwen3",
            "context_length": 40_960,
            "chat_template": "{{ messages }}",
            "totalFileSize": 16_000_000_000,
        },
        files={
            f"Qwen3-8B-{quant}.gguf": size * 10**9
            for quant, size in (("Q2_K", 3), ("Q4_K_M", 5), ("Q8_0", 8))
        },
    )
    parent = "acme/base"
    for depth in range(1, 31):
        world.model(f"chain/step-{depth:02}", base=("finetune", [parent]))
        parent = f"chain/step-{depth:02}"
    world.model("mix/two-countries", base=("merge", ["Qwen/Qwen3-8B", "meta-llama/Llama-3.1-8B"]))
    world.model("mix/many", base=("merge", [f"gone/part-{n}" for n in range(64)] + ["acme/base"]))
    world.model("lost/orphan", base=("finetune", ["gone/ghost"]), downloads=5)
    world.model("plain/bare-tag", tags=["base_model:google/gemma-3-4b-it"], downloads=6)
    world.model(
        "nvidia/Cosmos-Reason1-7B",
        base=("finetune", ["Qwen/Qwen3-8B"]),
        task="image-text-to-text",
        downloads=200_000,
        trendingScore=33.5,
    )
    world.model("stepson/of-cosmos", base=("finetune", ["nvidia/Cosmos-Reason1-7B"]))


def loops(world: World) -> None:
    """Declared lineage that never ends."""
    world.model("loop/self", base=("finetune", ["loop/self"]))
    world.model("loop/left", base=("finetune", ["loop/right"]))
    world.model("loop/right", base=("finetune", ["loop/left"]))
    world.model("loop/one", base=("merge", ["loop/two", "acme/base"]))
    world.model("loop/two", base=("finetune", ["loop/one"]))


def doors(world: World) -> None:
    """Gated, disabled, private and renamed repos, and a card that means harm."""
    files: dict[str, Content] = {"config.json": "{}", "model.safetensors": 7_000_000_000}
    for repo_id, facts in (
        ("acme/auto-7b", {"gated": "auto"}),
        ("acme/manual-7b", {"gated": "manual"}),
        ("acme/disabled", {"disabled": True}),
        ("acme/secret", {"private": True}),
    ):
        world.model(repo_id, readme=f"# {repo_id}\n", files=files, downloads=40, **facts)
    world.model("evil/nasty", readme=NASTY, downloads=1, tags=["[red]tag[/red]", "x\x1b[31m"])
    world.model("bare/no-card", downloads=3)
    talks = world.model("acme/talks", likes=9, readme="# Talks\n")
    talks.discuss("How long is the context?")
    talks.discuss("Fix the card", "merged", pull_request=True)
    talks.discuss("Thanks", "closed")
    world.model(
        "acme/scored",
        evalResults=[
            {
                "filename": ".eval_results/a.yaml",
                "verified": True,
                "data": {"dataset": {"id": "acme/exam", "task_id": "t1"}, "value": 71.5},
            },
            {"filename": ".eval_results/b.yaml", "error": "Invalid YAML"},
        ],
    )
    world.rename("acme/old-base", "acme/base")
    world.rename("gpt-made", "acme/base")


def others(world: World) -> None:
    """Datasets and Spaces."""
    for number, name in enumerate(("exam", "talk", "pictures")):
        world.dataset(
            f"acme/{name}",
            tags=["task_categories:text-generation", "language:en", "license:mit"],
            downloads=900 - number,
            likes=30 - number,
            trendingScore=5.5 - number,
            readme=f"# {name}\n",
            files={"data/train.parquet": 1_000_000},
        )
    world.dataset("acme/form", gated="manual", downloads=1, readme="# Form\n")
    for number, sdk in enumerate(("gradio", "docker", "static")):
        world.space(
            f"ann/show-{sdk}",
            sdk=sdk,
            uses=["Qwen/Qwen3-8B"][: 2 - number],
            likes=20 - number,
            trendingScore=9 - number,
            files={"app.py": "print('made')\n"},
        )


def add_weights(world: World, scale: int = 1_000_000) -> None:
    """Two models whose large files have bytes, some of ``scale`` each: GGUF, and shards."""
    chance = Random(7)
    world.model(
        "acme/tiny-GGUF",
        tags=["gguf"],
        license="mit",
        gguf={"total": 2 * scale, "architecture": "qwen3", "context_length": 4096},
        readme="# tiny",
        files={
            f"tiny-{quant}.gguf": Large(chance.randbytes(size * scale))
            for quant, size in (("Q4_K_M", 1), ("Q8_0", 2))
        },
    )
    files: dict[str, Content] = {
        f"model-0000{part}-of-00003.safetensors": Large(chance.randbytes(scale + part))
        for part in (1, 2, 3)
    }
    files |= {
        "config.json": {"model_type": "qwen3"},
        "tokenizer.json": "{}",
        "model.safetensors.index.json": "{}",
        "training_args.bin": Large(b"no weights"),
        "images/logo.png": b"png",
    }
    world.model(
        "acme/tiny",
        library="transformers",
        license="mit",
        params={"BF16": 3 * scale // 2},
        readme="# tiny",
        files=files,
    )
