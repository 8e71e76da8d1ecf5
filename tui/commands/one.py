"""What the commands about one repo share: which repo is meant."""

from argparse import ArgumentParser, Namespace

from tui.ask.sources import Sources
from tui.model import KINDS, BadInput, clean_line, valid_id


def repo_argument(parser: ArgumentParser) -> None:
    """Add the repo: an id or a Hub URL, and ``--kind`` for datasets and Spaces."""
    parser.add_argument("repo", metavar="ID", help="a repo id like Qwen/Qwen3-8B, or a Hub URL")
    parser.add_argument("--kind", choices=KINDS, default="model", help="model by default")


def repo_of(args: Namespace, sources: Sources) -> tuple[str, str]:
    """The kind and the id that the arguments name. Raises BadInput for what names no repo."""
    if "://" in args.repo:
        from tui.hub.endpoints import parse_web_url

        found = parse_web_url(args.repo, sources.endpoint)
        if found is not None:
            return found
    text: str = args.repo
    for prefix, kind in (("datasets/", "dataset"), ("spaces/", "space")):
        if text.startswith(prefix) and text.count("/") == 2:
            return kind, _checked(text.removeprefix(prefix))
    return args.kind, _checked(text)


def _checked(repo_id: str) -> str:
    if not valid_id(repo_id):
        shown = clean_line(repo_id)[:80]
        raise BadInput(f"{shown!r} is no repo id; give one like Qwen/Qwen3-8B, or a Hub URL")
    return repo_id
