"""Every reason to say no has a sentence in both languages that a person can act on."""

import string

import pytest

from live.refusals import SENTENCES, Code, Refused, refuse

FACTS: dict[Code, set[str]] = {
    Code.NOT_UNDERSTOOD: {"what"},
    Code.TOO_LONG: {"length", "limit"},
    Code.TOO_MANY: {"count"},
    Code.CLAIMED: {"who", "until"},
    Code.STALE: {"current"},
    Code.OUTCOME_FIRST: {"number"},
    Code.FROM_A_PHONE: {"number"},
    Code.NO_REMOTE_VOICE: {"number"},
    Code.NOT_FROM_A_PHONE: {"number"},
    Code.SUSPENDED: {"sentence"},
    Code.SUSPENDED_ALREADY: {"who"},
    Code.STILL_WAITING: {"count"},
    Code.ALREADY_RECORDING: {"source"},
    Code.ENOUGH_ADDED: {"count"},
    Code.ENOUGH_LABELS: {"count"},
    Code.ENOUGH_CARDS: {"count"},
    Code.ENOUGH_SITES: {"count"},
    Code.ENOUGH_PHOTOS: {"count"},
    Code.PHOTO_TOO_LARGE: {"limit"},
    Code.CARD_USED: {"card", "number"},
    Code.NOT_LISTED: {"what"},
    Code.UNKNOWN_SITE: {"what"},
    Code.OTHER_SITE: {"site"},
    Code.GONE_ON: {"number"},
    Code.HAND_UP: {"number"},
    Code.NEXT_CHANGED: {"number"},
}
"""What a sentence must be told; the laws say every refusal that a history yields aloud (test_laws)."""


def test_every_code_has_its_sentences_and_no_sentence_is_without_a_code():
    assert set(SENTENCES) == set(Code)


@pytest.mark.parametrize("code", list(Code))
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_sentence_names_its_facts_and_ends_with_a_full_stop(code, language):
    sentence = SENTENCES[code][language == "en"]
    named = {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}
    assert named == FACTS.get(code, set())
    said = refuse(code, **dict.fromkeys(named, 7)).say(language)
    assert said.endswith(".")
    assert said[0].isupper() or said[0] == "7"
    assert "{" not in said
    assert said == said.strip()


@pytest.mark.parametrize("code", list(Code))
def test_the_two_languages_say_it_in_their_own_words(code):
    vietnamese, english = SENTENCES[code]
    assert vietnamese != english
    assert not vietnamese.isascii()
    assert english.replace("“", "").replace("”", "").isascii()


def test_vietnamese_comes_first():
    refused = refuse(Code.TOO_MANY, count=3)
    assert refused == Refused(Code.TOO_MANY, {"count": 3})
    assert refused.say() == refused.say("vi")
    assert (
        refused.say()
        == "Bạn đang có 3 câu chờ, đã đủ giới hạn. Chữ vẫn còn đây; gửi được khi một câu có kết quả hoặc được rút."
    )
    assert refused.say("en").startswith("You have 3 questions waiting")


def test_a_text_with_braces_is_said_as_it_is():
    assert "“{n} hộ”." in refuse(Code.STALE, current="{n} hộ").say()
