"""The pages of a made Hub, for ``bench_census``: made once, read often.

``python tests/bench/made_pages.py 3000000 FILE`` writes one page of a thousand rows a line.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.bench.made_hub import items

PAGE = 1000


def pages(count: int) -> Iterator[bytes]:
    """The bodies of the Hub's list."""
    page = []
    for item in items(count):
        page.append(item)
        if len(page) == PAGE:
            yield json.dumps(page).encode()
            page = []
    if page:
        yield json.dumps(page).encode()


if __name__ == "__main__":
    with open(sys.argv[2], "wb") as file:
        file.writelines(body + b"\n" for body in pages(int(sys.argv[1])))
