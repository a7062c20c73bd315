"""Questions on a moderator's page: how they come there without a browser, and what the dialogue says of them."""

from live import commands as do
from live.states import QuestionState

DESK = {"viewport": {"width": 1440, "height": 900}}


def ask(house, *texts: str) -> None:
    """Typed in by a clerk, one after the other."""
    house.send(*[do.Ask(text) for text in texts], by=house.clerk)


def queued(house, count: int) -> None:
    """So many questions, received and approved in their order."""
    ask(house, *(f"Câu {number} hỏi gì?" for number in range(1, count + 1)))
    house.send(*(do.Approve(number) for number in range(1, count + 1)))


def caught_up(page, house) -> None:
    """Until the page shows all that has happened."""
    page.wait_for_function(f"() => Number(document.getElementById('live').dataset.n) >= {house.room.n}")


def state(house, number: int) -> QuestionState:
    found: QuestionState = house.room.dialogue.questions[number].state
    return found
