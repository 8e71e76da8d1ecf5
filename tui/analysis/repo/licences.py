"""The licences that Hub tags name: what each is called, what it asks for, who approved it.

Names and ids are those of the Hub's licence list (hub-docs, ``repositories-licenses.md``); approval
is the Open Source Initiative's list (https://opensource.org/licenses) of 2026. The terms are a
reader's summary, and no legal advice.
"""

import re
from typing import NamedTuple


class Licence(NamedTuple):
    """One licence. ``osi``: approved by the Open Source Initiative."""

    name: str
    terms: str
    osi: bool = False


_PERMISSIVE = "use, change and share freely, also commercially; keep the notice"
_PATENT = "use, change and share freely, also commercially; keep the notice; grants patents"
_COPYLEFT = "free to use, also commercially; what is shared must be under the same licence"
_NETWORK = "free to use, also commercially; changes must be shared, also when run as a service"
_LIBRARY = "free to use, also commercially; changes to these files stay under the same licence"
_DOMAIN = "no conditions; as close to the public domain as the law allows"
_USES = "commercial use allowed; a list of forbidden uses goes along with every copy"
_RESEARCH = "research only, no commercial use"
_DATA = "use and share data freely; name the source"
_DATA_SHARE = "use data freely; shared data must stay under the same licence"
_LLAMA_2 = "commercial use below 700 M monthly users; forbidden uses are listed"
_LLAMA = f"{_LLAMA_2}; say that it is built with Llama"

_OSI = {
    "apache-2.0": ("Apache 2.0", _PATENT),
    "mit": ("MIT", _PERMISSIVE),
    "bsd-2-clause": ("BSD 2-Clause", _PERMISSIVE),
    "bsd-3-clause": ("BSD 3-Clause", _PERMISSIVE),
    "isc": ("ISC", _PERMISSIVE),
    "afl-3.0": ("Academic Free License 3.0", _PATENT),
    "artistic-2.0": ("Artistic 2.0", _PERMISSIVE),
    "bsl-1.0": ("Boost 1.0", _PERMISSIVE),
    "ecl-2.0": ("Educational Community License 2.0", _PATENT),
    "ms-pl": ("Microsoft Public License", _PATENT),
    "ncsa": ("NCSA", _PERMISSIVE),
    "postgresql": ("PostgreSQL", _PERMISSIVE),
    "zlib": ("zlib", _PERMISSIVE),
    "unlicense": ("Unlicense", _DOMAIN),
    "ofl-1.1": ("SIL Open Font License 1.1", _COPYLEFT),
    "gpl-2.0": ("GPL 2.0", _COPYLEFT),
    "gpl-3.0": ("GPL 3.0", _COPYLEFT),
    "agpl-3.0": ("AGPL 3.0", _NETWORK),
    "osl-3.0": ("Open Software License 3.0", _NETWORK),
    "lgpl-2.1": ("LGPL 2.1", _LIBRARY),
    "lgpl-3.0": ("LGPL 3.0", _LIBRARY),
    "mpl-2.0": ("Mozilla Public License 2.0", _LIBRARY),
    "epl-1.0": ("Eclipse Public License 1.0", _LIBRARY),
    "epl-2.0": ("Eclipse Public License 2.0", _LIBRARY),
    "eupl-1.1": ("European Union Public Licence 1.1", _COPYLEFT),
    "eupl-1.2": ("European Union Public Licence 1.2", _COPYLEFT),
    "lppl-1.3c": ("LaTeX Project Public License 1.3c", _PERMISSIVE),
}
_OTHERS = {
    "bsd": ("BSD, version not said", _PERMISSIVE),
    "bsd-3-clause-clear": ("BSD 3-Clause Clear", "as BSD, and grants no patents"),
    "gpl": ("GPL, version not said", _COPYLEFT),
    "lgpl": ("LGPL, version not said", _LIBRARY),
    "lgpl-lr": ("LGPL for Linguistic Resources", _LIBRARY),
    "wtfpl": ("WTFPL", _DOMAIN),
    "cc0-1.0": ("Creative Commons Zero 1.0", _DOMAIN),
    "pddl": ("Public Domain Dedication and License", _DOMAIN),
    "odc-by": ("Open Data Commons Attribution", _DATA),
    "odbl": ("Open Database License", _DATA_SHARE),
    "cdla-permissive-1.0": ("Community Data License, permissive 1.0", _DATA),
    "cdla-permissive-2.0": ("Community Data License, permissive 2.0", _DATA),
    "cdla-sharing-1.0": ("Community Data License, sharing 1.0", _DATA_SHARE),
    "etalab-2.0": ("Etalab 2.0", _DATA),
    "gfdl": ("GNU Free Documentation License", _COPYLEFT),
    "openmdw-1.0": ("OpenMDW 1.0", _PATENT),
    "openmdw-1.1": ("OpenMDW 1.1", _PATENT),
    "c-uda": ("Computational Use of Data Agreement", "data for computing on; name the source"),
    "openrail": ("OpenRAIL", _USES),
    "openrail++": ("OpenRAIL++", _USES),
    "creativeml-openrail-m": ("CreativeML OpenRAIL-M", _USES),
    "bigscience-openrail-m": ("BigScience OpenRAIL-M", _USES),
    "bigscience-bloom-rail-1.0": ("BigScience BLOOM RAIL 1.0", _USES),
    "bigcode-openrail-m": ("BigCode OpenRAIL-M", _USES),
    "gemma": ("Gemma Terms of Use", _USES),
    "llama2": ("Llama 2 Community License", _LLAMA_2),
    "llama3": ("Llama 3 Community License", _LLAMA),
    "llama3.1": ("Llama 3.1 Community License", _LLAMA),
    "llama3.2": ("Llama 3.2 Community License", _LLAMA),
    "llama3.3": ("Llama 3.3 Community License", _LLAMA),
    "llama4": ("Llama 4 Community License", _LLAMA),
    "apple-amlr": ("Apple Machine Learning Research License", _RESEARCH),
    "deepfloyd-if-license": ("DeepFloyd IF License", _RESEARCH),
    "fair-noncommercial-research-license": ("FAIR Noncommercial Research License", _RESEARCH),
    "h-research": ("H Research License", _RESEARCH),
    "intel-research": ("Intel Research License", _RESEARCH),
}
_TABLE = {
    **{key: Licence(name, terms, True) for key, (name, terms) in _OSI.items()},
    **{key: Licence(name, terms) for key, (name, terms) in _OTHERS.items()},
}
_CC = {
    "by": "name the author",
    "nc": "no commercial use",
    "nd": "no changed copies",
    "sa": "changed copies under the same licence",
}


def plain(key: str) -> str:
    """A licence as the Hub's list writes it, also from free text: ``Apache License 2.0``."""
    lower = key.strip().lower()
    if lower in _TABLE:
        return lower
    words = re.sub(r"\b(the|licen[cs]e|version|community|international)\b", " ", lower)
    words = re.sub(r"[\s_,()-]+", "-", words).strip("-")
    words = re.sub(r"-v(?=\d)", "-", words)
    words = re.sub(r"^apache-?2(\.0)?$", "apache-2.0", re.sub(r"^llama-(?=\d)", "llama", words))
    return words if words in _TABLE or _creative_commons(words) else lower


def known(key: str) -> Licence | None:
    """The licence that a tag's value names; None for ``other``, ``unknown`` and new ones."""
    lower = plain(key)
    return _TABLE.get(lower) or _creative_commons(lower)


def _creative_commons(key: str) -> Licence | None:
    """``cc-by-nc-sa-4.0`` by its parts."""
    head, *parts = key.split("-")
    version = parts.pop() if parts and parts[-1][:1].isdigit() else ""
    if head != "cc" or any(part not in _CC for part in parts):
        return None
    if not parts:
        return Licence("Creative Commons, variant not said", "the conditions are not said")
    terms = "; ".join(_CC[part] for part in parts)
    return Licence(f"Creative Commons {'-'.join(parts).upper()} {version}".rstrip(), terms)


def keys() -> tuple[str, ...]:
    """Every licence of the table, as the Hub's tags name it."""
    return tuple(_TABLE)
