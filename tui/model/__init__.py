"""The bottom room: the values that every other room uses. It imports nothing of ours."""

from tui.model.edge import Edge
from tui.model.entry import Entry, Note
from tui.model.lens import Lens
from tui.model.measure import Coverage, Measure
from tui.model.parameters import Header, Parameters
from tui.model.problem import (
    BadInput,
    BadWord,
    Gated,
    NoAccess,
    NoFile,
    NotFound,
    Offline,
    OtherHost,
    Problem,
    RateLimited,
    ServerTrouble,
    StoreTrouble,
    TimedOut,
    Unreadable,
)
from tui.model.quantization import Quantization, quantization
from tui.model.query import ORDERS, SORTS, Query, Term
from tui.model.repo import (
    KINDS,
    RELATIONS,
    Access,
    Author,
    BaseModels,
    Detail,
    Eval,
    File,
    Provider,
    Repo,
)
from tui.model.text import all_shared, clean, clean_line, shared, valid_id
from tui.model.view import Progress, Row, View

__all__ = [
    "KINDS",
    "ORDERS",
    "RELATIONS",
    "SORTS",
    "Access",
    "Author",
    "BadInput",
    "BadWord",
    "BaseModels",
    "Coverage",
    "Detail",
    "Edge",
    "Entry",
    "Eval",
    "File",
    "Gated",
    "Header",
    "Lens",
    "Measure",
    "NoAccess",
    "NoFile",
    "NotFound",
    "Note",
    "Offline",
    "OtherHost",
    "Parameters",
    "Problem",
    "Progress",
    "Provider",
    "Quantization",
    "Query",
    "RateLimited",
    "Repo",
    "Row",
    "ServerTrouble",
    "StoreTrouble",
    "Term",
    "TimedOut",
    "Unreadable",
    "View",
    "all_shared",
    "clean",
    "clean_line",
    "quantization",
    "shared",
    "valid_id",
]
