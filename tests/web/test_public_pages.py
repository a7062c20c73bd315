"""Home, notice, receipt and the doors of phone and stage, over plain HTTP."""

import urllib.error
import urllib.request
from datetime import date

import pytest

from live import commands as do
from live.states import DialogueState, Outcome, RefusalReason
from tests.cast import CLOSED, MODERATOR

pytestmark = pytest.mark.slow


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def get(house, path: str, *cookies: dict[str, str]) -> tuple[int, str, dict[str, str]]:
    request = urllib.request.Request(house.url + path)  # noqa: S310 - our own server on 127.0.0.1
    request.add_header("Cookie", "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in cookies))
    try:
        with urllib.request.build_opener(_Stay).open(request) as answer:
            return answer.status, answer.read().decode(), dict(answer.headers)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode(), dict(error.headers)


def receipt(house, number: int) -> str:
    return f"/r/{house.room.dialogue.questions[number].receipt}"


@pytest.mark.parametrize("typed", ["HALL01", "hall01", "%20hall%2001%20"])
def test_a_code_leads_in_however_it_is_typed(house, typed):
    status, _, headers = get(house, f"/?code={typed}")
    assert (status, headers["location"]) == (303, "/d/HALL01")


def test_a_wrong_code_is_answered_with_what_to_do(house):
    status, text, _ = get(house, "/?code=HALLO1")
    assert status == 404
    assert "Không có phiên nào mang mã HALLO1" in text
    assert 'value="HALLO1"' in text


def test_a_receipt_typed_where_codes_are_typed_leads_to_its_question(house):
    house.send(do.Ask("Bao giờ sửa cầu?"), by=house.clerk)
    address = receipt(house, 1)
    code = address.removeprefix("/r/")
    for typed in (code, code.lower(), code.replace("-", ""), code.replace("0", "O").replace("1", "l")):
        status, _, headers = get(house, f"/?code={typed}")
        assert (status, headers["location"]) == (303, address)
    status, text, _ = get(house, "/r/ABCD-EFGH")
    assert status == 404
    assert "Chưa có câu hỏi nào mang phiếu nhận ABCD-EFGH" in text
    assert "Phiếu giấy" in text
    status, text, _ = get(house, "/?code=ABCD-EFGH&again=1")
    assert 'value="ABCD-EFGH"' in text


def test_home_lists_what_is_open_and_hides_drafts(house):
    house.run(
        house.parts.rooms.create(
            "DRAFT1", do.Describe("Bản nháp", "UBND", "Xã", house.room.dialogue.notice.starts_at), MODERATOR
        )
    )
    _, text, _ = get(house, "/")
    assert "Đối thoại với Nhân dân năm 2026" in text
    assert "Bản nháp" not in text
    status, _, _ = get(house, "/?code=DRAFT1")
    assert status == 404


def test_a_closed_dialogue_stays_on_the_list(house):
    house.send(*CLOSED)
    _, text, _ = get(house, "/")
    assert "Đã kết thúc" in text
    assert 'href="/d/HALL01/record"' not in text


def test_the_notice_has_its_four_fields_and_can_be_read_out(house):
    status, text, _ = get(house, "/d/HALL01/notice")
    assert status == 200
    for words in (
        "Thời gian",
        "07 giờ 30",
        "05/03/2026",
        "Địa điểm",
        "Nhà văn hóa xã",
        "Nội dung",
        "Cách tham gia",
        "<svg",
    ):
        assert words in text
    status, spoken, headers = get(house, "/d/HALL01/notice.txt")
    assert headers["content-type"].startswith("text/plain")
    assert "mã phiên là H A L L 0 1" in spoken
    assert "<" not in spoken


def test_what_is_read_out_is_not_escaped(house):
    again = do.Describe("Hỏi & đáp", "UBND", "Nhà 'Sáng'", house.room.dialogue.notice.starts_at)
    house.send(again)
    _, spoken, _ = get(house, "/d/HALL01/notice.txt")
    assert "Hỏi & đáp sẽ được tổ chức." in spoken
    assert "Nhà 'Sáng'" in spoken
    _, text, _ = get(house, "/d/HALL01/notice")
    assert "Hỏi &amp; đáp" in text


def test_a_receipt_tells_each_end_in_plain_words(house, hanh):
    house.send(*[do.Ask(f"Câu thứ {number}?") for number in range(1, 6)], by=house.clerk)
    house.send(do.Refuse(1, RefusalReason.OFF_TOPIC, "Xin gửi đến phòng Nội vụ."), do.Approve(2), do.Merge(3, into=2))
    house.send(do.CallNext(), do.GiveOutcome(2, Outcome.WRITTEN_DUE, agency="Phòng Kinh tế", due=date(2026, 6, 30)))
    house.send(do.StartReview(4), do.Edit(4, "Câu đã lược?", 1, redacted=True), by=MODERATOR)
    _, refused, _ = get(house, receipt(house, 1))
    assert "Không đưa ra phiên. Lý do: nội dung ngoài chủ đề của phiên." in refused
    assert "Xin gửi đến phòng Nội vụ." in refused
    _, written, _ = get(house, receipt(house, 2))
    assert "trước ngày 30/06/2026. Nơi trả lời: Phòng Kinh tế." in written
    _, merged, _ = get(house, receipt(house, 3))
    assert "Đã gộp vào câu số 2" in merged
    assert "trước ngày 30/06/2026" in merged
    _, redacted, _ = get(house, receipt(house, 4))
    assert "lược thông tin riêng" in redacted
    assert "Câu thứ 4?" in redacted


def test_a_receipt_is_private_to_whoever_holds_it(house, hanh):
    house.send(do.Ask("Câu của tôi?"), by=hanh[0])
    status, text, headers = get(house, receipt(house, 1).lower())
    assert status == 200
    assert "withdraw" not in text
    assert headers["cache-control"] == "no-store"
    assert headers["x-robots-tag"] == "noindex"
    _, own, _ = get(house, receipt(house, 1), hanh[1])
    assert f"/d/{house.code}/do/withdraw" in own
    assert get(house, "/r/0000-0000")[0] == 404


def test_a_receipt_proves_that_the_question_is_in_the_log(house):
    house.send(*[do.Ask(f"Câu thứ {number}?") for number in range(1, 5)], by=house.clerk)
    _, text, _ = get(house, receipt(house, 3) + "/check")
    assert "chữ ký của sổ khớp" in text
    assert f"trong sổ gồm {house.room.n} dòng" in text
    assert "Câu thứ 3?" not in text.split('id="proof"')[1]


def test_the_stage_is_for_staff_and_a_stranger_learns_nothing(house):
    assert get(house, "/d/HALL01/stage", house.staff("man", "stage"))[0] == 200
    status, text, _ = get(house, "/d/HALL01/stage")
    assert status == 404
    assert "2026" not in text


def test_a_phone_page_shows_only_its_own_questions_and_is_never_cached(house, hanh):
    tuan = house.citizen("Y Tuấn Niê", "buôn Krông")
    house.send(do.Ask("Chỉ tôi thấy câu này?"), by=hanh[0])
    _, own, headers = get(house, "/d/HALL01", hanh[1])
    _, other, _ = get(house, "/d/HALL01", tuan[1])
    assert "Chỉ tôi thấy câu này?" in own
    assert "Chỉ tôi thấy câu này?" not in other
    assert headers["cache-control"] == "no-store"


def test_a_dialogue_that_takes_no_questions_says_so(house):
    house.send(do.MoveDialogue(DialogueState.CLOSING))
    _, text, _ = get(house, "/d/HALL01")
    assert 'data-asking="no"' in text
    assert "không nhận thêm câu hỏi" in text
