"""What is flagged as personal data in Vietnamese texts, and what is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live.personal import HIDDEN, Personal, flagged, redacted
from tests.live.test_texts import TEXTS

P, N, L, M = Personal.PHONE, Personal.IDENTITY, Personal.PLOT, Personal.MAIL


@pytest.mark.parametrize(
    "text, kinds, public",
    [
        ("Gọi tôi 0912345678 nhé", [P], "Gọi tôi […] nhé"),
        ("Gọi 0912 345 678 hoặc +84 912.345.678", [P, P], "Gọi […] hoặc […]"),
        ("Máy bàn 0262-3852-123", [P], "Máy bàn […]"),
        ("CCCD 066185001234, cấp năm 2021", [N], "CCCD […], cấp năm 2021"),
        ("CMND 240987654.", [N], "CMND […]."),
        ("Thửa đất số 123, tờ bản đồ số 45 của tôi", [L, L], "[…], […] của tôi"),
        ("thửa 12/3 đang tranh chấp", [L], "[…] đang tranh chấp"),
        ("Trả lời vào ban.tien@example.vn", [M], "Trả lời vào […]"),
        ("Đền bù 500000000 đồng từ năm 2019", [], "Đền bù 500000000 đồng từ năm 2019"),
        ("Ngày 12/03/2026, quyết định 29/2022/QĐ-UBND", [], "Ngày 12/03/2026, quyết định 29/2022/QĐ-UBND"),
        ("Đường 643 hỏng 3 km", [], "Đường 643 hỏng 3 km"),
        ("", [], ""),
    ],
)
def test_personal_data_is_flagged_and_other_numbers_are_not(text, kinds, public):
    assert [span.kind for span in flagged(text)] == kinds
    assert redacted(text) == public


@given(TEXTS | st.text("0123456789 .-+@a", max_size=40))
def test_spans_lie_in_the_text_in_order_and_apart(text):
    ends = [0]
    for span in flagged(text):
        assert ends[-1] <= span.start < span.end <= len(text)
        ends.append(span.end)


@given(TEXTS | st.text("0123456789 .-+@a", max_size=40))
def test_what_is_hidden_is_gone_and_the_rest_stays(text):
    hidden, at = "", 0
    for span in flagged(text):
        hidden += text[at : span.start] + HIDDEN
        at = span.end
    assert redacted(text) == hidden + text[at:]
