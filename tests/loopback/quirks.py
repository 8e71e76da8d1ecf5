"""Switches for what differs between days of the Hub, or what nobody could verify about it."""

from dataclasses import dataclass


@dataclass
class Quirks:
    """Every switch has the value that was seen, or, where nothing was seen, the careful one."""

    own_links: bool = False  # Link: next names this server, not https://huggingface.co
    short_pages: bool = False  # pages hold one row less than asked, and are not the last
    list_base_models: bool = True  # False: baseModels on a list is refused with 400
    withdrawn: frozenset[str] = frozenset()  # fields that no expand takes any more
    children_total: bool = False  # childrenModelCount is one number for all relations
    refuse_cursors: int = 0  # the status that every cursor of a list gets; 0: they are taken
    bare_redirects: bool = False  # a redirect to another id names no query
    edge_cache: bool = False  # small files come out of a cache, with a stranger's RateLimit
    moved_to: str = ""  # another endpoint, to which everything is redirected with 308
    warning: str = ""  # X-HF-Warning on every answer
    gated_readme: bool = True  # README.md of a gated repo is readable by anyone
    gated_tree: bool = False  # so is its tree
    scanned: bool = True  # the scanners are done with every repo
    transitive_children: bool = False  # childrenModelCount counts all descendants
    not_modified: bool = False  # If-None-Match is answered with 304
    gzip: bool = True  # bodies over 1 kB are compressed for who accepts it
    cdn: str = "https://cas-bridge.xethub.hf.co"  # where large files are redirected to
    slow: float = 0.0  # seconds between two pieces of 64 KiB of a large file
