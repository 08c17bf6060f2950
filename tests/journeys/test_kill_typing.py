"""Never lose a word, at the screen: killed while somebody types or saves, offered back after."""

import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from store.records.cards import CardQuery
from store.records.interactions import InteractionQuery
from store.records.todos import TodoQuery
from tests.journeys.killing import HOUSE, reopened, shuke
from tests.journeys.terminal import Terminal

LIKELY_KEPT = 2.0
"""Seconds after which words that stood on the screen must have been kept, on a busy machine."""

LETTERS = "abcdefghijkmnopqrstuvwxyz"


class Session:
    """The program on a box, as somebody at the terminal uses it."""

    def __init__(self, box: Path, folder: Path) -> None:
        environment = {"HOME": str(folder), "XDG_CONFIG_HOME": "", "XDG_STATE_HOME": ""}
        self.terminal = Terminal(shuke(box), environment=environment, folder=HOUSE)
        self.seen: list[tuple[float, str]] = []
        """When the words typed were first seen on the screen."""
        self.terminal.wait_for("2 Cards", 60)
        self.terminal.press("2")
        self.terminal.wait_for("Search:", 60)

    def new_card(self) -> None:
        """Open the form of a new person."""
        self.terminal.wait_for("n New", 30)
        self.terminal.press("n")
        self.terminal.wait_for("New card", 30)
        self.terminal.press("1")
        self.terminal.wait_for("Name*", 30)

    def new_line(self, key: str, title: str) -> None:
        """Open the one-line entry of a talk or a to-do."""
        self.terminal.wait_for("n New", 30)
        self.terminal.press(key)
        self.terminal.wait_for(title, 30)

    def type_words(self, words: str, chance: random.Random, most: float = 0.12) -> None:
        """Type without ever pausing for long, and note what is seen when."""
        for end in range(1, len(words) + 1):
            self.terminal.send(words[end - 1])
            until = time.monotonic() + chance.uniform(0.02, most)
            while time.monotonic() < until:
                self.terminal.settle(0.02, max(0.0, until - time.monotonic()))
            if words[:end] in self.terminal.screen_text():
                self.seen.append((time.monotonic(), words[:end]))

    def kill(self) -> str:
        """Kill the program; gives the words that must have been kept by then."""
        self.terminal.kill()
        killed = time.monotonic()
        self.terminal.close()
        kept = [words for moment, words in self.seen if moment < killed - LIKELY_KEPT]
        return kept[-1] if kept else ""


def _words(chance: random.Random, length: int = 40) -> str:
    return "".join(chance.choices(LETTERS, k=length))


def type_and_kill(box: Path, folder: Path, chance: random.Random) -> None:
    """Typing in the form: what stood there is offered back by the next start."""
    session = Session(box, folder)
    session.new_card()
    session.type_words(_words(chance, chance.randint(25, 45)), chance)
    time.sleep(chance.uniform(0, 0.6))
    kept = session.kill()
    with reopened(box) as desk:
        draft = desk.drafts.get("card:new:person")
        assert draft is not None
        assert draft.content["texts"]["name"].startswith(kept)
        desk.drafts.close()
    session = Session(box, folder)
    session.new_card()
    session.terminal.wait_for(kept[-20:], 20)
    session.terminal.press("ctrl+s")
    session.terminal.wait_for("Card entered", 30)
    session.kill()
    with reopened(box) as desk:
        assert any(row.name.startswith(kept) for row in desk.cards.page(CardQuery(), 0, 1000))
        desk.drafts.close()


def save_and_kill(box: Path, folder: Path, chance: random.Random) -> None:
    """Saving the form: the words are a card or still a draft, and a card if that was said."""
    name = _words(chance, 12)
    session = Session(box, folder)
    session.new_card()
    session.type_words(name, chance, 0.03)
    session.terminal.wait_for(name, 20)
    session.terminal.press("ctrl+s")
    session.terminal.settle(1, chance.uniform(0, 0.5))
    session.kill()
    said = "Card entered" in session.terminal.screen_text()
    with reopened(box) as desk:
        is_card = any(row.name == name for row in desk.cards.page(CardQuery(), 0, 1000))
        draft = desk.drafts.get("card:new:person")
        is_draft = draft is not None and draft.content["texts"].get("name") == name
        assert is_card if said else is_card or is_draft
        desk.drafts.drop("card:new:person")
        desk.drafts.close()


def log_and_kill(box: Path, folder: Path, chance: random.Random) -> None:
    """Logging in one line without a pause, then Enter: a talk or still a draft."""
    words = _words(chance, 30)
    session = Session(box, folder)
    session.new_line("l", "Log a talk")
    session.type_words(f"customer phone {words}", chance, 0.1)
    pressed = chance.random() < 0.6
    if pressed:
        session.terminal.wait_for(words, 20)
        session.terminal.press("enter")
        session.terminal.settle(1, chance.uniform(0, 0.5))
    kept = session.kill()
    said = "Logged" in session.terminal.screen_text()
    with reopened(box) as desk:
        talks = [row.summary for row in desk.interactions.page(InteractionQuery(), 0, 1000)]
        drafts = [draft for draft in desk.drafts.all() if draft.key.startswith("interaction:new")]
        is_talk = any(words in summary for summary in talks)
        lines = [str(draft.content["line"]) for draft in drafts]
        if said:
            assert is_talk
        elif pressed:
            assert is_talk or any(words in line for line in lines)
        else:
            assert not kept or any(line.startswith(kept) for line in lines)
        for draft in drafts:
            desk.drafts.drop(draft.key)
        desk.drafts.close()


def note_and_kill(box: Path, folder: Path, chance: random.Random) -> None:
    """A to-do in one line, then Enter: a to-do or still a draft."""
    words = _words(chance, 16)
    session = Session(box, folder)
    session.new_line("t", "To-do")
    session.type_words(words, chance, 0.03)
    session.terminal.wait_for(words, 20)
    session.terminal.press("enter")
    session.terminal.settle(1, chance.uniform(0, 0.4))
    session.kill()
    with reopened(box) as desk:
        todos = [row.title for row in desk.todos.page(TodoQuery(), 0, 1000)]
        drafts = [draft for draft in desk.drafts.all() if draft.key.startswith("todo:")]
        assert words in todos or any(words in str(draft.content) for draft in drafts)
        for draft in drafts:
            desk.drafts.drop(draft.key)
        desk.drafts.close()


DEEDS = {type_and_kill: 10, save_and_kill: 14, log_and_kill: 14, note_and_kill: 12}
"""What is done when the kill comes, and how often the long test does it."""

Deed = Callable[[Path, Path, random.Random], None]


def kill_often(tmp_path: Path, deed: Deed, rounds: int, seed: int) -> None:
    """Do something and be killed, again and again on the same box."""
    box, folder = tmp_path / "box.sqlite", tmp_path / "home"
    folder.mkdir()
    with reopened(box) as desk:
        desk.cards.create("person", {"name": "customer"})
    chance = random.Random(seed)
    for _ in range(rounds):
        deed(box, folder, chance)


@pytest.mark.slow
@pytest.mark.parametrize("deed", DEEDS)
def test_words_survive_a_kill(tmp_path: Path, deed: Deed) -> None:
    kill_often(tmp_path, deed, 1, seed=7)


@pytest.mark.slow
@pytest.mark.parametrize("deed", DEEDS)
def test_words_survive_fifty_kills(tmp_path: Path, deed: Deed) -> None:
    kill_often(tmp_path, deed, DEEDS[deed], seed=8)
