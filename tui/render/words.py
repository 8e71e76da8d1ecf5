"""Words that a newcomer does not know, each in one line: for the screen, ``?`` and the shell."""

WORDS = {
    "family": "the repos of one maker that belong together, by a rule on their ids",
    "derivative": "a repo that names another as its base, by somebody else",
    "relation": "how it was made of its base: finetune, adapter, quantized or merge",
    "root": "a model at the upper end of the bases that repos name",
    "origin": "the country of a repo's roots, the nearest lab, or its uploader",
    "lens": "the switches behind every family figure: what counts, for whom",
    "walked": "derivatives of derivatives count too, all the way down",
    "credit": "whether a repo of several bases counts once for each, or in parts",
    "evidence": "what places a repo: the base it names, or also its own name",
    "first party": "a family's own repos that build on others of the family",
    "tier": "how deep is asked: 0 lists, 1 the Hub's counts, 2 each derivative",
    "lower bound": "at least so many; the rest was not asked (written with ≥)",
    "edges": "named bases are counted: a repo that names two counts twice (≈)",
    "census": "every public model of the Hub, kept on this machine",
    "claim": "a sentence of the press, with every definition that may decide it",
    "move": "places risen or fallen in a list since your own look before",
}

FIRST_LOOK = {
    "families": "derivative: a repo that names another as its base · root: its topmost base",
    "compare": "≥ at least so many, the rest was not asked · ≈ a repo of two bases counts twice",
    "claims": "tier: how deep is asked: 0 lists, 1 the Hub's counts, 2 each derivative",
}
"""By view, the line that is shown once where some of these words first stand."""
