"""Questions on a moderator's page: how they come there without a browser, and what the dialogue says of them."""

from live import commands as do
from live.states import QuestionState

DESK = {"viewport": {"width": 1440, "height": 900}}


def ask(house, *texts: str) -> None:
    """Typed in by a clerk, one after the other."""
    house.send(*[do.Ask(text) for text in texts], by=house.clerk)


def state(house, number: int) -> QuestionState:
    found: QuestionState = house.room.dialogue.questions[number].state
    return found
