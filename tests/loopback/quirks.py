"""Switches for what differs between days of the Hub, or what nobody could verify about it."""

from dataclasses import dataclass


@dataclass
class Quirks:
    """Every switch has the value that was seen, or, where nothing was seen, the careful one."""

    own_links: bool = False  # Link: next names this server, not https://huggingface.co
    short_pages: bool = False  # pages hold one row less than asked, and are not the last
    list_base_models: bool = True  # False: baseModels on a list is refused with 400
    gated_readme: bool = True  # README.md of a gated repo is readable by anyone
    gated_tree: bool = False  # so is its tree
    transitive_children: bool = False  # childrenModelCount counts all descendants
    not_modified: bool = False  # If-None-Match is answered with 304
    gzip: bool = True  # bodies over 1 kB are compressed for who accepts it
    cdn: str = "https://cas-bridge.xethub.hf.co"  # where large files are redirected to
