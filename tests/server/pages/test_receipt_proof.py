"""The proof on a receipt is of its own question's entry, also when a rehearsal used the number before."""

from live import commands as do
from live.entries import QuestionReceived
from live.states import DialogueState as S
from tests.cast import CLERK, MODERATOR
from tests.serving import Served
from tests.visitors import browser, open_dialogue


def test_a_number_of_a_rehearsal_proves_nothing_for_the_real_one(served: Served):
    room = open_dialogue(served, to=S.ANNOUNCED)
    ask = do.Ask("Cầu hỏng", name="Ông Ba", locality="xã Ea Mô")
    for seat, command in (
        (MODERATOR, do.MoveDialogue(S.REHEARSAL)),
        (CLERK, ask),
        (MODERATOR, do.MoveDialogue(S.READY)),
        (CLERK, ask),
    ):
        served.run(room.handle(command, seat))
    journal = served.parts.journal
    facts = {entry.n: entry.fact for entry in served.run(journal.entries(room.stream.id))}
    received = {n: fact for n, fact in facts.items() if isinstance(fact, QuestionReceived)}
    assert [fact.question for fact in received.values()] == [1, 1]
    real = max(received)
    with browser(served) as anybody:
        page = anybody.get(f"/r/{received[real].receipt}/check").text
    leaf = served.run(journal.proof(room.stream.id, real)).leaf.hex()
    assert f"<dd><code>{leaf}</code></dd>" in page
