"""A variable is named after what it holds, not after its part in a sentence."""

from tests.hygiene.syntax import GRAMMAR, findings, parsed, variables, words_of_grammar

SAMPLE = """
class Row:
    said: str  # a field: its callers read it by this name

    def kept(self, made, *one, found=None): ...

for one, (made, _) in rows:
    with open(one) as found:
        said: int = [kept for kept in found if (made := kept)]
try:
    row.found = found(said=kept)
except OSError as said:
    match said:
        case [one, *kept] | {"made": one, **kept}: ...
"""


def test_every_way_to_bind_a_variable_is_seen_and_a_field_is_none() -> None:
    sample = parsed("sample.py", SAMPLE)
    bound = sorted(place for place in variables(sample) if place[1] in GRAMMAR)
    assert bound == [
        *[(5, "found"), (5, "made"), (5, "one")],
        *[(7, "made"), (7, "one")],
        (8, "found"),
        *[(9, "kept"), (9, "made"), (9, "said")],
        (12, "said"),
        *[(14, "kept"), (14, "kept"), (14, "one"), (14, "one")],
    ]


def test_no_variable_is_called_by_a_word_of_grammar() -> None:
    wrong = findings()[words_of_grammar]
    assert wrong == [], "name each after what it holds:\n" + "\n".join(wrong)
