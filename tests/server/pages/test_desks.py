"""The pages of desks and the public record: who may open which, and that no name or unapproved text slips out."""

from datetime import date

import pytest

from live import commands as do
from live import publishing
from live.states import DialogueState, MinutesState, Outcome, RefusalReason, Role, Signatory
from tests.cast import CHAIR, CLERK, MACHINE, MODERATOR, SECRETARY
from tests.visitors import browser, citizen_cookie, open_dialogue, staff_cookie

DESKS = {
    "moderator": "moderator",
    "chair": "chair",
    "clerk": "clerk",
    "agency": "agency",
    "transcript": "secretary",
    "transcript.txt": "secretary",
    "minutes": "secretary",
    "minutes.docx": "chair",
    "sound": "moderator",
}
ROLES = ("moderator", "chair", "clerk", "agency", "secretary", "stage")
HOSTILE = "<script>alert(1)</script> & “ngoặc”"


def send(served, room, *commands, by=MODERATOR):
    for command in commands:
        served.run(room.handle(command, by))


def read(served, path, cookie=""):
    with browser(served, cookie) as client:
        return client.get(path)


@pytest.mark.parametrize("page, role", DESKS.items())
def test_a_desk_opens_for_its_role_and_for_an_organiser_and_for_nobody_else(served, room, page, role):
    assert read(served, f"/d/TEST01/{page}", staff_cookie(served, role)).status_code == 200
    assert read(served, f"/d/test01/{page}", staff_cookie(served, "organiser")).status_code == 200
    assert read(served, f"/d/TEST01/{page}").status_code == 404
    assert read(served, f"/d/TEST01/{page}", citizen_cookie(served, "Hạnh")).status_code == 404
    assert read(served, f"/d/TEST01/{page}", staff_cookie(served, "stage")).status_code == 404
    assert read(served, f"/d/NOBODY/{page}", staff_cookie(served, role, login="another")).status_code == 404


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("page", [page for page in DESKS if "." not in page])
def test_hostile_words_are_words_on_every_desk_in_both_languages(served, room, page, language):
    send(served, room, do.Ask(HOSTILE, HOSTILE, name=HOSTILE[:80], locality=HOSTILE[:80]), by=CLERK)
    send(served, room, do.Approve(1), do.CallNext())
    send(served, room, do.Ask(HOSTILE), do.WriteLine(HOSTILE, Role.CHAIR, HOSTILE), by=SECRETARY)
    send(served, room, do.NoteCommitment(HOSTILE, HOSTILE, date(2026, 12, 31)), by=SECRETARY)
    words = read(served, f"/d/TEST01/{page}", f"{staff_cookie(served, 'organiser')}; lang={language}").text
    assert "<script>alert" not in words
    assert page == "sound" or "&lt;script&gt;alert(1)" in words


@pytest.mark.parametrize("number", ["2", "-1", "x", "٣", "9" * 40, ""])
def test_a_card_or_line_that_is_not_there_opens_the_page_without_it(served, room, number):
    send(served, room, do.Ask("Bao giờ sửa cầu?"), by=CLERK)
    cookie = staff_cookie(served, "moderator", "secretary")
    for page, name in (("moderator", "question"), ("transcript", "line")):
        answer = read(served, f"/d/TEST01/{page}?{name}={number}", cookie)
        assert answer.status_code == 200
        assert 'id="work"' not in answer.text


def close(served, room):
    """To the end, with two questions, one of them refused."""
    send(served, room, do.Ask("Bao giờ sửa cầu?", name="Tên Kín", locality="xã Ea Mô"), by=CLERK)
    send(served, room, do.Ask("Câu bị từ chối"), by=CLERK)
    send(served, room, do.Refuse(2, RefusalReason.OFF_TOPIC, "Ngoài chủ đề."), do.Approve(1), do.CallNext())
    send(served, room, do.NoteCommitment("Sửa cầu", "Phòng Kinh tế", date(2020, 1, 31), 1), by=SECRETARY)
    send(served, room, do.GiveOutcome(1, Outcome.WRITTEN_DUE, "Phòng Kinh tế", date(2026, 4, 1)))
    send(served, room, do.MoveDialogue(DialogueState.CLOSING), do.MoveDialogue(DialogueState.CLOSED))


def publish(served, room):
    send(served, room, do.MoveMinutes(MinutesState.CHECKED), by=SECRETARY)
    send(served, room, do.MoveMinutes(MinutesState.APPROVED), do.SignMinutes(Signatory.CHAIR, "Chủ Tọa"), by=CHAIR)
    send(served, room, do.SignMinutes(Signatory.SECRETARY, "Thư Ký"), by=SECRETARY)
    send(served, room, do.MoveMinutes(MinutesState.PUBLISHED), by=SECRETARY)
    assert room.dialogue.state is DialogueState.PUBLISHED


def test_the_record_is_there_for_everybody_once_published_and_for_staff_before(served, room):
    close(served, room)
    assert read(served, "/d/TEST01/record").status_code == 404
    assert read(served, "/d/TEST01/record.docx").status_code == 404
    assert "Bản xem trước" in read(served, "/d/TEST01/record", staff_cookie(served, "clerk")).text
    publish(served, room)
    words = read(served, "/d/TEST01/record").text
    assert "Bản xem trước" not in words
    assert ">……<" not in words
    assert "Bao giờ sửa cầu?" in words
    assert "trả lời trước ngày" in words
    assert "Tên Kín" not in words
    assert "Câu bị từ chối" not in words
    answer = read(served, "/d/TEST01/record.docx")
    assert answer.content[:2] == b"PK"
    assert "bien-ban-TEST01.docx" in answer.headers["content-disposition"]


def test_late_conclusions_say_why_on_the_page_of_results(served, room, monkeypatch):
    close(served, room)
    monkeypatch.setattr(publishing, "PUBLISHED_WITHIN", -1)
    cookie = staff_cookie(served, "secretary", "moderator")
    send(served, room, do.MoveMinutes(MinutesState.CHECKED), by=SECRETARY)
    send(served, room, do.MoveMinutes(MinutesState.APPROVED), do.SignMinutes(Signatory.CHAIR, "Chủ Tọa"), by=CHAIR)
    send(served, room, do.SignMinutes(Signatory.SECRETARY, "Thư Ký"), by=SECRETARY)
    assert "Vì sao công bố muộn" in read(served, "/d/TEST01/minutes", cookie).text
    assert 'name="reason" required' in read(served, "/d/TEST01/desk", cookie).text
    with browser(served, cookie) as secretary:
        sent = {"as": "secretary", "to": "published", "note": ""}
        refused = secretary.post("/d/TEST01/do/move_minutes", data=sent)
        assert "Hãy ghi lý do." in refused.text
        done = secretary.post("/d/TEST01/do/move_minutes", data=sent | {"note": "Chờ số liệu của <tỉnh>"})
        assert done.status_code == 303
    words = read(served, "/d/TEST01/record").text
    assert "Lý do:" in words
    assert "Chờ số liệu của &lt;tỉnh&gt;" in words


def test_commitments_are_public_with_the_record_and_overdue_by_todays_date(served, room):
    close(served, room)
    assert "Sửa cầu" not in read(served, "/commitments").text
    publish(served, room)
    for show, there in {"": True, "overdue": True, "due": False, "kept": False, "nonsense": True}.items():
        assert ("Sửa cầu" in read(served, f"/commitments?show={show}").text) is there, show
    assert "quá hạn" in read(served, "/commitments").text


def test_the_minutes_count_what_only_the_machine_has_written(served, room):
    send(served, room, do.StartRecording("hall"), by=SECRETARY)
    for seq in (1, 2, 3):
        heard = do.Hear("hall", 1, seq, seq * 16_000, seq * 16_000 + 9_000, "xin mời", "Xin mời.")
        send(served, room, heard, by=MACHINE)
    send(served, room, do.WriteLine("Gõ tay.", Role.CHAIR), by=SECRETARY)
    first, second, _, _ = sorted(room.dialogue.lines)
    cookie = staff_cookie(served, "secretary")
    for command, left in (
        (None, "3 dòng do máy nghe"),
        (do.EditLine(first, "Xin mời bà con.", 1), "2 dòng do máy nghe"),
        (do.StrikeLine(second, 1), "1 dòng do máy nghe"),
    ):
        if command:
            send(served, room, command, by=SECRETARY)
        assert left in read(served, "/d/TEST01/minutes", cookie).text


def test_the_transcript_comes_as_text_and_captions_without_what_was_struck_out(served, room):
    send(served, room, do.StartRecording("hall"), by=SECRETARY)
    send(served, room, do.Hear("hall", 1, 1, 16_000, 48_000, "xin mời", "Xin mời."), by=MACHINE)
    send(served, room, do.WriteLine("Xã sẽ sửa.", Role.CHAIR), do.WriteLine("Dòng nhầm."), by=SECRETARY)
    send(served, room, do.StrikeLine(max(room.dialogue.lines), 1), by=SECRETARY)
    cookie = staff_cookie(served, "secretary")
    kinds = {kind: read(served, f"/d/TEST01/transcript.{kind}", cookie) for kind in ("txt", "srt", "vtt")}
    for kind, answer in kinds.items():
        assert answer.headers["content-disposition"] == f'attachment; filename="TEST01.{kind}"'
        assert "Xin mời." in answer.text
        assert "Chủ tọa: Xã sẽ sửa." in answer.text
        assert "Dòng nhầm." not in answer.text
    assert "00:00:01,000 --> 00:00:03,000\nXin mời." in kinds["srt"].text
    assert kinds["vtt"].text.startswith("WEBVTT\n")
    assert read(served, "/d/TEST01/transcript.exe", cookie).status_code == 404


def test_a_dialogue_of_its_own_has_its_own_record(served, room):
    close(served, room)
    publish(served, room)
    open_dialogue(served, "OTHER1")
    assert read(served, "/d/OTHER1/record").status_code == 404


def test_while_the_evening_goes_on_no_button_that_ends_it_meets_the_eye_first(served, room):
    page = read(served, "/d/TEST01/desk", staff_cookie(served, "organiser")).text
    assert 'value="closing">Chuyển sang kết thúc' in page
    assert "button--big" not in page
    for address in ("/staff", "/d/TEST01/cards", "/d/TEST01/kiosk"):
        assert f'href="{address}"' in page
