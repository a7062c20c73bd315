"""A recogniser's final becomes a command: raw words untouched, text polished with the names this dialogue knows."""

from live import commands as do
from live.dialogue import Dialogue
from server.rooms.hearing import hear
from tests.cast import OPENED, play
from transcription.heard import Final, Word
from transcription.polish import Polish


def final(text: str, sure: float | None = None) -> Final:
    words = tuple(Word(word, n * 4_000, n * 4_000 + 4_000, sure) for n, word in enumerate(text.split()))
    return Final("DEMO/hall", 2, 3, 0, 4_000 * len(words), text, words)


def test_a_final_becomes_a_command_with_its_raw_words() -> None:
    heard = Final("DEMO/hall", 2, 3, 100, 900, "xin chào", (Word("xin", 100, 400, 0.5), Word("chào", 400, 900)))
    assert hear("hall", heard, Polish(), Dialogue()) == do.Hear(
        "hall", 2, 3, 100, 900, "xin chào", "Xin chào.", ((100, 400, 500), (400, 900, -1)), spans=((0, 1), (1, 2))
    )


def test_the_names_of_the_notice_and_of_the_glossary_are_written_right() -> None:
    dialogue = play(*OPENED, do.SetGlossary("Krông Búk = rông búc", 0)).dialogue
    heard = hear("hall", final("nhân dân xã ea mô gần suối rông búc có mười hai hộ", 0.6), Polish(), dialogue)
    assert heard.text == "Nhân dân xã Ea Mô gần suối Krông Búk có 12 hộ."
    assert heard.raw == "nhân dân xã ea mô gần suối rông búc có mười hai hộ"


def test_what_the_machine_was_sure_of_is_only_suggested() -> None:
    dialogue = play(*OPENED, do.SetGlossary("Krông Búk = rông búc", 0)).dialogue
    heard = hear("hall", final("suối rông búc", 0.99), Polish(), dialogue)
    assert (heard.text, heard.suggestions) == ("Suối rông búc.", ((1, 3, "Krông Búk"),))


def test_steps_that_are_switched_off_are_not_taken() -> None:
    dialogue = play(*OPENED).dialogue
    assert (
        hear("hall", final("xã ea mô có mười hai hộ"), Polish(("capitals",)), dialogue).text
        == "Xã ea mô có mười hai hộ"
    )
