"""What a terminal sends, in every cut: keys are keys, answers are nothing."""

import pytest

from tui.keystream import ALONE, PAIR, PIECE, KeyStream, Kind, Piece, wanted

SILENT = [
    pytest.param("\x1b[?61;4;6;22c", id="DA1"),
    pytest.param("\x1b[>41;390;0c", id="DA2"),
    pytest.param("\x1b]10;rgb:dcdc/dcdc/cccc\x1b\\", id="OSC 10"),
    pytest.param("\x1b]11;rgb:3f3f/3f3f/3f3f\x07", id="OSC 11"),
    pytest.param("\x1b[?2026;2$y", id="DECRPM"),
    pytest.param("\x1b[24;80R", id="cursor"),
    pytest.param("\x1bP>|XTerm(390)\x1b\\", id="XTVERSION"),
    pytest.param("\x1b_Gi=31;OK\x1b\\", id="kitty graphics"),
    pytest.param("\x1b[?1u", id="kitty flags"),
]
ESCAPE = Piece(Kind.ESCAPE, "\x1b")


def typed(pieces: list[Piece]) -> str:
    """The keys among the pieces, Esc as ^."""
    return "".join(
        "^" if piece.kind is Kind.ESCAPE else piece.text
        for piece in pieces
        if piece.kind is not Kind.SEQUENCE
    )


def fed(*parts: str, gap: float = 0.2) -> list[Piece]:
    """What comes of parts that arrive a ``gap`` (seconds) apart, with looks in between."""
    stream, now, pieces = KeyStream(), 0.0, []
    for part in parts:
        pieces += stream.feed(part, now)
        for _ in range(10):
            now += gap / 10
            pieces += stream.tick(now)
    return pieces


@pytest.mark.parametrize("answer", SILENT)
def test_an_answer_is_no_key_wherever_it_is_cut(answer: str) -> None:
    assert typed(fed(f"j{answer}k")) == "jk"
    for at in range(2, len(answer)):
        assert typed(fed(f"j{answer[:at]}", f"{answer[at:]}k")) == "jk", at


@pytest.mark.parametrize("answer", SILENT[:4])
def test_of_an_answer_cut_behind_its_esc_only_the_esc_is_a_key(answer: str) -> None:
    assert typed(fed(answer[:1], answer[1:])) == "^"


def test_an_answer_without_an_end_is_forgotten() -> None:
    assert typed(fed("\x1b[?61;4", "jk", gap=PIECE + 1)) == "jk"
    assert typed(fed("\x1b]11;rgb:00", "jk", gap=PIECE + 1)) == "jk"


def test_esc_is_a_key_where_nothing_follows() -> None:
    stream = KeyStream()
    assert stream.feed("\x1b", 0.0) == []
    assert stream.tick(ALONE / 2) == []
    assert stream.tick(ALONE) == [ESCAPE]
    assert stream.tick(ALONE * 3) == []


@pytest.mark.parametrize("key", "jq/Z1é")
def test_esc_and_a_key_in_one_packet_are_two_keys(key: str) -> None:
    assert KeyStream().feed(f"\x1b{key}", 0.0) == [ESCAPE, Piece(Kind.TEXT, key)]
    assert KeyStream().feed(f"\x1b\x1b{key}", 0.0) == [ESCAPE, ESCAPE, Piece(Kind.TEXT, key)]


@pytest.mark.parametrize("key", "[]OP_")
def test_esc_and_a_key_that_may_begin_a_sequence_are_two_keys_a_little_later(key: str) -> None:
    stream = KeyStream()
    assert stream.feed(f"\x1b{key}", 0.0) == []
    assert stream.tick(PAIR) == [ESCAPE, Piece(Kind.TEXT, key)]


@pytest.mark.parametrize("key", ["\x1b[A", "\x1bOA", "\x1b[6~", "\x1b[1;5C", "\x1b[[A", "\x1b[97u"])
def test_a_key_of_many_characters_comes_whole(key: str) -> None:
    assert KeyStream().feed(f"{key}j", 0.0) == [Piece(Kind.SEQUENCE, key), Piece(Kind.TEXT, "j")]
    for at in range(2, len(key)):
        assert fed(key[:at], key[at:]) == [Piece(Kind.SEQUENCE, key)]


def test_a_click_of_three_characters_is_one_sequence() -> None:
    assert KeyStream().feed("\x1b[M !!j", 0.0)[0] == Piece(Kind.SEQUENCE, "\x1b[M !!")


def test_a_paste_comes_as_one_piece_whatever_is_in_it() -> None:
    text = "one\ntwo \x1b[A \x1b]52;c;x\x07 q"
    whole = f"j\x1b[200~{text}\x1b[201~k"
    wanted = [Piece(Kind.TEXT, "j"), Piece(Kind.PASTE, text), Piece(Kind.TEXT, "k")]
    assert KeyStream().feed(whole, 0.0) == wanted
    stream, pieces = KeyStream(), []
    for index, character in enumerate(whole):
        pieces += stream.feed(character, index * 0.01)
    assert pieces == wanted


def test_a_paste_whose_end_never_comes_does_not_keep_the_keys() -> None:
    assert fed("\x1b[200~half", "j", gap=PIECE + 1) == [
        Piece(Kind.PASTE, "half"),
        Piece(Kind.TEXT, "j"),
    ]


@pytest.mark.parametrize(
    ("sequence", "is_wanted"),
    [
        ("\x1b[A", True),
        ("\x1b[3~", True),
        ("\x1b[3;5~", True),
        ("\x1b[106u", True),
        ("\x1b[1086;;1078u", True),
        ("\x1b[<0;3;4M", True),
        ("\x1b[I", True),
        ("\x1b[?2026;2$y", True),
        ("\x1b[?2027;0$y", False),
        ("\x1b[99999999999u", False),
        ("\x1b[u", False),
        ("\x1b[24;80R", False),
        ("\x1b[?61;4c", False),
        ("\x1b[8;24;80t", False),
        ("\x1b[77~", False),
    ],
)
def test_only_known_sequences_go_on(sequence: str, is_wanted: bool) -> None:
    assert wanted(sequence, ("\x1b[A",), ("3~",)) is is_wanted
