"""A world of captured data: real ids, counts and tags of one day, where the folder is there."""

import json
from pathlib import Path
from typing import Any

from tests.loopback.world import World
from tests.paths import CHECKOUT

FOLDER = CHECKOUT.parent / "shared" / "data"
RELATIONS = ("finetune", "adapter", "merge", "quantized")


def shared_data() -> Path | None:
    """The folder of captured data beside the checkout, or None."""
    return FOLDER if (FOLDER / "INDEX.md").exists() else None


def base_models(tags: list[str]) -> dict[str, Any] | None:
    """The ``baseModels`` field that typed ``base_model:`` tags stand for."""
    for relation in RELATIONS:
        prefix = f"base_model:{relation}:"
        parents = [tag.removeprefix(prefix) for tag in tags if tag.startswith(prefix)]
        if parents:
            models = [{"id": parent} for parent in parents]
            return {"relation": relation, "models": models}
    return None


def world_from_shared(folder: Path) -> World:
    """The 1000 trending models, datasets and Spaces of 2026-05-04, later details, and cards.

    A card whose model is not among them comes with a model of no counts.
    """
    world = World()
    captures = folder / "captures"
    rows = json.loads((captures / "DERIVED__models-list-1000-raw-shape.json").read_text("utf-8"))
    for row in rows:
        facts = {**row, "baseModels": base_models(row["tags"])}
        del facts["modelId"]
        world.add("models", row["id"], facts)
    for name in ("datasets", "spaces"):
        lines = (folder / f"starscreener_{name}_latest.jsonl").read_text("utf-8").splitlines()
        for line in lines:
            row = json.loads(line)
            facts = {key: row[key] for key in row if key not in ("rank", "url")}
            world.add(name, row["id"], facts)
    for pattern in ("*GET_api_models*_200.json", "*model*all-expand.json"):
        for path in sorted(captures.glob(pattern)):
            body = json.loads(path.read_text("utf-8"))["body"]
            for facts in body if isinstance(body, list) else [body]:
                place(world, facts)
    for path in (folder / "cards").glob("*__*.md"):
        repo_id = path.stem.replace("__", "/")
        repo = world.find("models", repo_id) or world.model(repo_id, downloads=None)
        repo.files["README.md"] = path.read_bytes()
    return world


def place(world: World, facts: dict[str, Any]) -> None:
    """Add a captured list or detail item as a model, with its files by name."""
    kept = {name: facts[name] for name in facts if name not in ("siblings", "spaces", "modelId")}
    paths = [sibling["rfilename"] for sibling in facts.get("siblings", [])]
    mapping = kept.get("inferenceProviderMapping")
    if isinstance(mapping, dict):
        kept["inferenceProviderMapping"] = [
            {"provider": name, **entry} for name, entry in mapping.items()
        ]
    files = {path: 1 << 20 if path.endswith((".safetensors", ".bin")) else "" for path in paths}
    world.add("models", kept["id"], kept, files)
