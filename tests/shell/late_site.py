"""``hubscope`` with a ``sitecustomize`` of its own, where it is forked and has none at its start.

``SITE`` names its folder. It is run now, and the processes that this one begins start with it.
"""

import os
import runpy
from pathlib import Path

if __name__ == "__main__":
    folder = Path(os.environ.pop("SITE"))
    os.environ["PYTHONPATH"] = os.pathsep.join((str(folder), os.environ["PYTHONPATH"]))
    exec((folder / "sitecustomize.py").read_text(), {"__name__": "sitecustomize"})
    runpy.run_module("tui", run_name="__main__", alter_sys=True)
