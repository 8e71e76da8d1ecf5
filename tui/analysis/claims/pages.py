"""The claims about one model: what its page records, and what no page can."""

from tui.analysis.claims.definition import Claim, Definition, Reading, threshold
from tui.analysis.claims.facts import Facts, Need
from tui.analysis.repo.openness import DEFINITIONS, NO, NOT_RECORDED, YES, checklist
from tui.model import Detail, Measure, Repo

MODEL = "Qwen/Qwen3-Omni-30B-A3B-Instruct"
ANY_TO_ANY = "any-to-any"
_PAGE = (Need("model", MODEL),)
_SO = threshold(1, "yes", "so")
_ANSWERS = {YES: 1.0, NO: 0.0, NOT_RECORDED: None}


def _yes(facts: Facts, words: str, value: float | None) -> Measure:
    """A question with the answer yes (1), no (0) or not recorded."""
    page = facts.pages.get(MODEL)
    return Measure(
        value,
        "yes",
        "unknown" if value is None else "exact",
        words,
        universe=facts.universe,
        source=page.source if page else "hub",
        as_of=page.as_of if page else None,
        requests=page.requests if page else (),
    )


def _detail(facts: Facts) -> Detail | None:
    page = facts.pages.get(MODEL)
    return page.detail if page else None


def _task(facts: Facts) -> Reading:
    """The task, and beside it what the Hub's digest of the configuration names."""
    detail = _detail(facts)
    task = detail.repo.task if detail else None
    words = f"pipeline tag of {MODEL} is {ANY_TO_ANY}" + (f"; it is {task}" if task else "")
    names = ", ".join(detail.architectures) if detail else ""
    beside = _yes(facts, f"architecture: {names or NOT_RECORDED}", None)
    figure = _yes(facts, words, None if task is None else float(task == ANY_TO_ANY))
    return Reading(figure, _SO, beside=(("architecture", beside),))


def _natively(facts: Facts) -> Reading:
    return Reading(_yes(facts, "all modalities were trained together", None), _SO)


def _item(index: int, question: str) -> Definition:
    """One question of the checklist."""

    def read(facts: Facts) -> Reading:
        detail = _detail(facts)
        if detail is None:
            return Reading(_yes(facts, question, None), _SO)
        item = checklist(detail)[index]
        figure = _yes(facts, f"{question}: {item.why}", _ANSWERS[item.answer])
        return Reading(figure, _SO, f"{item.answer}: {item.why}")

    return Definition(question, _PAGE, "=", read)


_QUESTIONS = tuple(item.question for item in checklist(Detail(Repo(MODEL))))

MULTIMODAL = Claim(
    "omni-multimodal",
    "Qwen3-Omni is natively multimodal",
    (
        Definition("task any-to-any", _PAGE, "=", _task),
        Definition(
            "natively",
            (),
            "=",
            _natively,
            "“natively” is a claim about training and not on the Hub; see arXiv 2509.17765",
        ),
    ),
)

OPENNESS = Claim(
    "open-weights",
    "Open weights, closed training code (Qwen3-Omni)",
    tuple(_item(index, question) for index, question in enumerate(_QUESTIONS)),
    checklist=True,
    one_figure=False,
)

NO_VERDICT = (
    "a checklist has no verdict: whether it “is open” depends on whose definition one takes ("
    + ", ".join(name for name, _ in DEFINITIONS)
    + ")"
)
