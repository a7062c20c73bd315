from html.parser import HTMLParser

import pytest

from live import commands as do
from live import looks
from live.mine import MyQuestion
from live.seats import Audience
from live.states import DialogueState
from live.views import Item
from server.rooms.render import Render
from tests.cast import EVERYBODY, HANH, OPENED, TUAN, play
from tests.web.things import HOSTILE, banners, captions, floor, items, owned

RENDER = Render()
LANGUAGES = ["vi", "en"]
VOID = {"input", "br", "hr", "img", "meta", "link"}


class Outline(HTMLParser):
    """The roots of a fragment, and every attribute in it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.roots: list[dict[str, str | None]] = []
        self.attributes: list[str] = []
        self.tags: list[str] = []
        self.depth = 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if self.depth == 0:
            self.roots.append(dict(attrs))
        self.attributes += [name for name, _ in attrs]
        self.tags.append(tag)
        self.depth += tag not in VOID

    def handle_endtag(self, _tag):
        self.depth -= 1


def everything() -> list[tuple[Audience, Item]]:
    both = (Audience.PHONE, Audience.STAGE)
    found = list(items())
    found += [(audience, Item("stage", thing)) for thing in floor() for audience in both]
    found += [(audience, item) for item in captions() for audience in both]
    found += [(audience, Item("banner", thing)) for thing in banners() for audience in both]
    found += list(owned())
    return found


@pytest.fixture(scope="module")
def drawn() -> list[tuple[Item, str]]:
    return [
        (item, RENDER.thing(item.key, item.thing, audience, "HALL01", language))
        for audience, item in everything()
        for language in LANGUAGES
    ]


def test_there_is_something_to_draw(drawn):
    assert len(drawn) > 200


def test_every_item_is_one_element_whose_id_is_its_key(drawn):
    for item, html in drawn:
        outline = Outline(html)
        assert [root.get("id") for root in outline.roots] == [item.key], html
        assert outline.depth == 0, html


def test_no_shared_html_names_a_seat(drawn):
    for _, html in drawn:
        assert not [seat.id for seat in EVERYBODY if seat.id and seat.id in html]


def test_no_html_carries_code_or_style_of_its_own(drawn):
    for _, html in drawn:
        outline = Outline(html)
        assert not [name for name in outline.attributes if name.startswith("on") or name == "style"]
        assert "script" not in outline.tags


@pytest.mark.parametrize("audience", [Audience.PHONE, Audience.STAGE])
def test_a_hostile_text_is_shown_as_it_was_typed(audience):
    dialogue = play(*OPENED, (TUAN, do.Ask(HOSTILE, HOSTILE)), do.Approve(1)).dialogue
    html = RENDER.thing("q-1", looks.public_card(dialogue, 1), audience, "HALL01", "vi")
    assert "&lt;script&gt;" in html
    assert "<script" not in html


@pytest.mark.parametrize("seat, named", [(HANH, True), (TUAN, False)])
def test_a_name_is_shown_only_with_consent(seat, named):
    dialogue = play(*OPENED, (seat, do.Ask("Bao giờ sửa cầu?")), do.Approve(1), do.CallNext()).dialogue
    for audience in (Audience.PHONE, Audience.STAGE):
        html = RENDER.thing("stage", looks.stage(dialogue), audience, "HALL01", "vi")
        assert (seat.name in html) is named
        assert seat.locality in html


def test_each_state_is_another_sentence_to_its_asker(drawn):
    own = [(item.thing, html) for item, html in drawn if isinstance(item.thing, MyQuestion) and item.key == "mine-1"]
    assert len({html.split("</p>")[0] for _, html in own}) == len(
        {(thing.state, thing.reason, thing.by_voice, thing.answered_at is not None) for thing, _ in own}
    ) * len(LANGUAGES)


def test_the_clock_tells_the_script_what_it_needs(drawn):
    running = next(html for item, html in drawn if item.key == "stage" and "data-since" in html)
    assert 'data-limit="180"' in running
    assert 'data-ran="0.0"' in running
    assert 'data-since="2026-03-05T00:30:00Z"' in running
    assert ">3:00<" in running


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phone_is_led_to_the_record_once_there_is_one(language):
    led = {
        thing.state
        for thing in banners()
        if 'href="/d/HALL01/record"' in RENDER.thing("banner", thing, Audience.PHONE, "HALL01", language)
    }
    assert led == {DialogueState.PUBLISHED, DialogueState.FOLLOWING_UP, DialogueState.ARCHIVED}
