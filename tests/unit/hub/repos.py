"""Rows of every shape that the Hub's answers can have."""

from hypothesis import strategies as st

from tui.model import KINDS, RELATIONS, BaseModels, Header, Quantization, Repo

NUMBER = st.integers(0, 2**53)
WORD = st.text("abc-é模", min_size=1, max_size=8)
OWNER = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=6)
NAME = st.text("abcXYZ019-", min_size=1, max_size=9)
ID = st.builds("{}/{}".format, OWNER, NAME)
MOMENT = st.just("2026-05-04T10:00:00.000Z")


@st.composite
def repos(draw: st.DrawFn) -> Repo:
    repo_id = draw(ID)
    return Repo(
        repo_id,
        kind=draw(st.sampled_from(KINDS)),
        hub_id=draw(st.none() | st.just("6" * 24)),
        author=repo_id.partition("/")[0],
        task=draw(st.none() | WORD),
        library=draw(st.none() | WORD),
        license=draw(st.none() | WORD),
        downloads=draw(st.none() | NUMBER),
        downloads_all_time=draw(st.none() | NUMBER),
        likes=draw(st.none() | NUMBER),
        trending_score=draw(st.none() | st.floats(0, 1e6)),
        created_at=draw(st.none() | MOMENT),
        last_modified=draw(st.none() | MOMENT),
        params=draw(st.none() | st.integers(1, 2**53)),
        gated=draw(st.sampled_from([None, False, "auto", "manual"])),
        private=draw(st.sampled_from([None, False])),
        disabled=draw(st.sampled_from([None, False, True])),
        sdk=draw(st.none() | WORD),
        tags=tuple(draw(st.lists(WORD, max_size=4))),
        base_models=draw(
            st.none()
            | st.builds(
                BaseModels,
                st.sampled_from(RELATIONS),
                st.lists(ID, min_size=1, unique=True).map(tuple),
            )
        ),
        title=draw(st.none() | WORD),
        providers=tuple(draw(st.lists(WORD, max_size=2, unique=True))),
        dtypes=draw(st.sampled_from([(), (("BF16", 7),), (("I32", 9), ("F16", 2))])),
        gguf=draw(st.sampled_from([None, Header(9, "qwen3", 4096, 30), Header(None, "clip", 0)])),
        quantization=draw(st.sampled_from([None, Quantization("awq", 4.0, 128, "pack")])),
    )
