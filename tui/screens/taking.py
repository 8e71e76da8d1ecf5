"""Downloads seen from the app: begun after a page that names them, followed, ended or left."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from tui.analysis.memory import selection as files
from tui.ask.repo.facts_and_files import FactsAndFiles
from tui.ask.take import download
from tui.ask.take.download import Running
from tui.ask.take.plan import Plan, planned
from tui.ask.take.status import DONE, STOPPED, State, killed, read, runs, statuses
from tui.model import Problem
from tui.output.get import heading, remarks
from tui.render.cells import size
from tui.render.download import progress
from tui.screens.answers import run_for
from tui.screens.chooser import Choice, Chooser
from tui.screens.page import Page

if TYPE_CHECKING:
    from tui.app import Hubscope

_WIDTH = 76  # cells of the line that says how far it is
_FILES_SHOWN = 200
END, LEAVE, STAY = "end", "leave", "stay"


class Taking:
    """The downloads on their way, whoever began them."""

    def __init__(self, app: "Hubscope") -> None:
        self._app = app
        self._states: dict[str, tuple[Running, State]] = {}  # by status file
        self._settled = False  # what is to become of them when the app ends

    @property
    def line(self) -> str:
        """How far they are, in one line; "" where none is on its way."""
        states = [state for _, state in self._states.values()]
        if not states:
            return ""
        more = f"  (and {len(states) - 1} more)" if len(states) > 1 else ""
        return progress(states[0], _WIDTH) + more

    # beginning

    def offer(self, repo: FactsAndFiles, choice: files.Choice, gate: str) -> None:
        """Name what taking these files would bring, and take them if the reader says so."""
        plan = planned(repo, choice, None)

        def chosen(wanted: bool | None) -> None:
            if wanted:
                run_for(self._app, partial(self._begin, plan), "taking", alone=False)

        self._app.push_screen(Chooser(heading(plan), _page(plan, gate)), chosen)

    async def _begin(self, plan: Plan) -> None:
        sources, folder = self._app.sources, self._app.state_folder
        try:
            running = await asyncio.to_thread(download.begin, sources, plan, folder)
        except Problem as problem:
            self._app.say(str(problem))
            return
        self._settled = False
        await self._follow(running)

    # following

    def rejoin(self) -> None:
        """Follow what an earlier start of the app, or a shell, has on its way."""
        for running in download.running(self._app.state_folder):
            run_for(self._app, partial(self._follow, running), "taking", alone=False)

    async def _follow(self, running: Running) -> None:
        try:
            async for state in download.follow(running):
                self._states[running.status] = (running, state)
                if state.end is None and isinstance(page := self._app.screen, Page):
                    page.frame()
        except Problem as problem:
            self._app.say(str(problem))
        _, last = self._states.pop(running.status, (running, None))
        if last is not None:
            self._app.say(_ended(last))

    # stopping, going on

    def held(self) -> dict[str, State]:
        """Every download that has not come to its end, by its status file. Reads the disk."""
        states: dict[str, State] = {}
        for status in statuses(self._app.state_folder):
            known = self._states.get(status)
            state = known[1] if known else read(status)
            if state is not None and state.end is None and known is None and not runs(status):
                state = killed(state)
            if state is not None and state.end != DONE:
                states[status] = state
        return states

    def stop(self, status: str) -> None:
        """Tell one to end; its follower says when it has."""
        if known := self._states.get(status):
            download.stop(known[0])

    def go_on(self, status: str) -> None:
        """Take the files again that one has not taken yet."""
        run_for(self._app, partial(self._go_on, status), "taking", alone=False)

    async def _go_on(self, status: str) -> None:
        try:
            running = await asyncio.to_thread(download.go_on, self._app.sources, status)
        except Problem as problem:
            self._app.say(str(problem))
            return
        self._settled = False
        await self._follow(running)

    # leaving

    def asks(self, again: Callable[[], object]) -> bool:
        """Ask what is to become of the downloads, then call ``again``; False: nothing to ask."""
        if not self._states or self._settled:
            return False

        def chosen(answer: str | None) -> None:
            if answer in (END, LEAVE):
                self._settled = True
                if answer == END:
                    for running, _ in self._states.values():
                        download.stop(running)
                again()

        choices = [
            Choice(LEAVE, "leave it running", "hubscope shows it at its next start"),
            Choice(END, "end it", "whole files stay; D or hubscope get goes on"),
            Choice(STAY, "stay here"),
        ]
        self._app.push_screen(Chooser(self.line, choices), chosen)
        return True


def _page(plan: Plan, gate: str) -> list[Choice]:
    """What is to be known before a byte comes; every line but the first leaves it."""
    repo = plan.detail.repo if plan.detail else None
    first = (
        Choice(False, "leave it", f"the disk lacks {size(plan.short)}")
        if plan.short
        else Choice(True, "take it", f"{size(plan.missing)} to come")
    )
    facts = [
        ("to", plan.folder),
        ("free", size(plan.free)),
        ("licence", (repo and repo.license) or "not recorded"),
        ("gate", gate or "none"),
        *(("note", text) for text in remarks(plan)),
    ]
    files = plan.choice.files[:_FILES_SHOWN]
    listed = [Choice(False, size(file.size), file.path) for file in files]
    if len(plan.choice.files) > len(files):
        listed.append(Choice(False, "…", f"{len(plan.choice.files) - len(files)} more files"))
    fact_rows = [Choice(False, name, text) for name, text in facts]
    leave = [] if plan.short else [Choice(False, "leave it")]
    return [first, *leave, *fact_rows, *listed]


def _ended(state: State) -> str:
    if state.end == STOPPED:
        return f"{state.id} {state.name}: stopped; whole files stay, P goes on with it"
    problem = download.problem(state)
    if problem is not None:
        return f"{state.id} {state.name}: {problem}"
    return f"{state.id} {state.name} is here: {size(state.done)} in {state.folder}"
