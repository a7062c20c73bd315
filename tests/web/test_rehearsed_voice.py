"""What was said into a phone in a rehearsal and never arrived is heard in no evening."""

import pytest

from live import commands as do
from live.states import DialogueState
from tests.waiting import until
from tests.web.sounding import Line, Made, microphone_of, noise_file
from tests.web.test_rehearsing import link
from tests.web.test_speaking_from_a_phone import have, on_disk, speaks
from tests.web.visits import opened, shown, visitor, while_it_runs

__all__ = ["link"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]
KEPT = """() => new Promise((resolve) => {
  const opening = indexedDB.open("sound");
  opening.onsuccess = () => {
    const stores = ["lines", "blocks"].map((name) => opening.result.transaction(name).objectStore(name).count());
    stores[1].onsuccess = () => resolve(stores.map(({ result }) => result));
  };
})"""


def heard(pcm: bytes) -> bytes:
    """From the first sound on."""
    return pcm.lstrip(b"\0")


def test_unsent_words_of_a_rehearsal_are_forgotten_and_never_played(browser, house, link, tmp_path):
    seat, cookie = house.citizen("Trần Thị Hạnh", "xã Ea Mô")
    with (
        microphone_of(browser, noise_file(tmp_path)) as chromium,
        visitor(chromium, house, cookie, permissions=["microphone"]) as context,
    ):
        made, line = Made(context), Line(context)
        page = opened(context, link)
        page.locator("#hand summary").click()
        page.locator("#hand [name=about]").fill("Thử micrô")
        page.get_by_role("button", name="Giơ tay", exact=True).click()
        until(lambda: house.room.dialogue.questions, "the hand")
        house.send(do.Approve(1), do.CallNext(), do.OpenMicrophone(1))
        speaks(page)
        while_it_runs(page, lambda: have(house) > 8_000, "half a second of sound")
        line.cut()
        cut = len(made.pcm)
        while_it_runs(page, lambda: len(made.pcm) > cut + 64_000, "two seconds without a network")
        page.close()
        house.send(do.MoveDialogue(DialogueState.READY), do.MoveDialogue(DialogueState.OPEN))
        until(lambda: not any(on_disk(house)), "the sound of the rehearsal to be wiped")
        rehearsed, line.is_cut = len(made.pcm), False
        house.send(do.RaiseHand("", "Giếng nhiễm mặn"), by=seat)
        house.send(do.Approve(1), do.CallNext(), do.OpenMicrophone(1))
        page = opened(context, f"/d/{house.code}")
        until(lambda: page.evaluate(KEPT) == [0, 0], "the phone to forget it")
        speaks(page)
        while_it_runs(page, lambda: have(house) > 32_000, "sound of the evening")
        page.get_by_role("button", name="Thôi nói").click()
        shown(page, "Mọi lời bạn nói đều đã đến máy chủ.")
        while_it_runs(page, lambda: heard(on_disk(house)) == heard(made.pcm[rehearsed:]), "what was said, and no more")
