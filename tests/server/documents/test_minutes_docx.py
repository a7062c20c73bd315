"""The file itself: what form 1.9 asks for is in its structure, and no text can break it."""

import io
import zipfile

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from hypothesis import given, settings
from hypothesis import strategies as some

from live.states import MinutesState, Signatory
from live.texts import Sealed
from server.documents import DEMO, minutes_frame
from server.documents.minutes_docx import DRAFT, minutes_docx
from server.documents.minutes_frame import MOTTO, MOTTO_WIDTH, NATION
from tests.server.documents.minutes_blocks import block, minutes

SIGNATURES = {Signatory.CHAIR: Sealed("Nguyễn Thị Minh Họa"), Signatory.SECRETARY: Sealed("Lê Văn Minh Họa")}


def paper(blocks=None, *, state=MinutesState.SIGNED, demo=False, signatures=SIGNATURES, **more):
    made = minutes_docx(blocks or minutes(), state=state, demo=demo, signatures=signatures, **more)
    return docx.Document(io.BytesIO(made))


def everything(document):
    """All text in the order of the sheet: body paragraphs and cells."""
    return "\n".join("".join(node.itertext(qn("w:t"))) for node in document.element.body.iter(qn("w:p")))


def test_the_sheet_keeps_the_margins_and_letters_of_the_decree():
    document = paper()
    section, normal = document.sections[0], document.styles["Normal"]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert 20 <= round(section.top_margin.mm) <= 25
    assert 20 <= round(section.bottom_margin.mm) <= 25
    assert 30 <= round(section.left_margin.mm) <= 35
    assert 15 <= round(section.right_margin.mm) <= 20
    assert (normal.font.name, normal.font.size) == ("Times New Roman", Pt(14))
    assert normal.paragraph_format.space_after >= Pt(6)
    assert [lang.get(qn("w:val")) for lang in document.styles.element.iter(qn("w:lang"))] == ["vi-VN"]


def test_the_head_has_agency_left_and_nation_right():
    left, right = paper().tables[0].rows[0].cells
    assert left.text.split("\n")[:2] == ["ỦY BAN NHÂN DÂN", "TỈNH MINH HỌA"]
    assert "ỦY BAN NHÂN DÂN\nXÃ BÌNH MINH" in left.text
    assert "Số: 07/BB-UBND" in left.text
    assert [p.text for p in right.paragraphs][:2] == [NATION, MOTTO]
    assert [p.runs[0].bold for p in left.paragraphs if p.runs and p.text] == [False, True, False]
    assert all(run.bold for p in right.paragraphs[:2] for run in p.runs)


@pytest.mark.parametrize(
    "agency, lines",
    [
        ("Ủy ban nhân dân xã Suối Đá", "ỦY BAN NHÂN DÂN\nXÃ SUỐI ĐÁ"),
        ("Ủy ban nhân dân xã Ea Mô", "ỦY BAN NHÂN DÂN XÃ EA MÔ\n"),
        ("Hội đồng nhân dân xã Ia O", "HỘI ĐỒNG NHÂN DÂN\nXÃ IA O"),
        ("Sở Xây dựng", "SỞ XÂY DỰNG\n"),
    ],
)
def test_the_kind_of_a_body_is_never_broken(agency, lines):
    document = docx.Document()
    minutes_frame.head(document, "", agency, "")
    assert (document.tables[0].rows[0].cells[0].text + "\n").startswith(lines)


def test_the_rules_are_drawn_lines_of_the_right_length():
    document = paper()
    lines = [int(node.get("cx")) for node in document.element.body.iter(qn("wp:extent"))]
    assert len(lines) == 3
    agency, motto, _ = lines
    text = len("ỦY BAN NHÂN DÂN") * Pt(12) * 0.72
    assert text / 3 <= agency <= text / 2
    assert motto == MOTTO_WIDTH
    assert "___" not in everything(document)


def test_the_body_is_justified_with_an_indented_first_line():
    body = [p for p in paper().paragraphs if p.text.startswith("Nội dung trả lời")]
    assert len(body) == 3
    for paragraph in body:
        assert paragraph.alignment is WD_ALIGN_PARAGRAPH.JUSTIFY
        assert Mm(10) <= paragraph.paragraph_format.first_line_indent <= Mm(12.8)


def test_the_content_stands_in_the_order_it_happened():
    text = everything(paper(minutes(12)))
    order = ["BIÊN BẢN", "Thời gian bắt đầu", "Địa điểm", "Thành phần tham dự", "Chủ trì", "Thư ký (người"]
    order += ["Nội dung:", "Phiên đối thoại có ghi âm", "Tiếp nhận 34"]
    order += [f"Câu hỏi thứ {number} về" for number in range(1, 13)]
    order += ["Kè bờ sông", "Kết luận của chủ tọa:", "2026./.", "THƯ KÝ", "Nơi nhận:", "CHỦ TỌA"]
    places = [text.index(words) for words in order]
    assert places == sorted(places)


def test_the_last_sentence_closes_with_the_mark_of_the_decree_once():
    text = everything(paper(minutes(ended="11 giờ 45, ngày 05 tháng 3 năm 2026./.")))
    assert "kết thúc vào 11 giờ 45, ngày 05 tháng 3 năm 2026./.\n" in text
    assert text.count("./.") == 1


def test_secretary_signs_left_and_chair_right_in_one_unbroken_row():
    table = paper().tables[1]
    left, right = table.rows[0].cells
    assert left.paragraphs[0].text == "THƯ KÝ"
    assert "Lê Văn Minh Họa" in left.text
    assert right.paragraphs[0].text == "CHỦ TỌA"
    assert "Nguyễn Thị Minh Họa" in right.text
    assert left.width == right.width
    assert table.rows[0]._tr.trPr.find(qn("w:cantSplit")) is not None


def test_nobody_is_said_to_have_signed_before_they_did():
    left, right = paper(signatures={Signatory.CHAIR: Sealed("Nguyễn Thị Minh Họa")}).tables[1].rows[0].cells
    assert "đã ký" not in left.text
    assert "đã ký" in right.text


def test_recipients_are_named_in_the_sizes_of_the_decree():
    left = paper().tables[1].rows[0].cells[0]
    label = next(p for p in left.paragraphs if p.text == "Nơi nhận:")
    archive = left.paragraphs[-1]
    assert (label.runs[0].bold, label.runs[0].italic, label.runs[0].font.size) == (True, True, Pt(12))
    assert (archive.text, archive.runs[0].font.size) == ("- Lưu: VT, Hồ sơ.", Pt(11))


@pytest.mark.parametrize("state", list(MinutesState))
@pytest.mark.parametrize("demo", [True, False])
def test_every_page_says_what_it_is_and_only_that(state, demo):
    section = paper(state=state, demo=demo).sections[0]
    signed = state in {MinutesState.SIGNED, MinutesState.PUBLISHED, MinutesState.AMENDED}
    for head in (section.header, section.first_page_header):
        text = "\n".join(p.text for p in head.paragraphs)
        assert (DRAFT in text) is not signed
        assert (DEMO in text) is demo


def test_pages_are_numbered_from_the_second_on():
    section = paper().sections[0]
    assert section.different_first_page_header_footer
    assert [node.text.strip() for node in section.header._element.iter(qn("w:instrText"))] == ["PAGE"]
    assert list(section.first_page_header._element.iter(qn("w:instrText"))) == []


def test_addenda_follow_on_their_own_page():
    document = paper(state=MinutesState.AMENDED, addenda=(Sealed("Sửa diện tích."), Sealed("Sửa tên đường.")))
    headings = [p for p in document.paragraphs if p.text.startswith("PHỤ LỤC")]
    assert [p.text for p in headings] == ["PHỤ LỤC 1", "PHỤ LỤC 2"]
    assert headings[0].paragraph_format.page_break_before
    assert "Sửa tên đường." in everything(document)


def test_the_same_minutes_are_the_same_bytes():
    one, two = (minutes_docx(minutes(), state=MinutesState.SIGNED, demo=True, signatures=SIGNATURES) for _ in range(2))
    assert one == two
    with zipfile.ZipFile(io.BytesIO(one)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in parts.namelist() if "thumbnail" in name]


def test_the_file_names_its_subject_and_no_date_that_is_not_its_own():
    core = paper().core_properties
    assert core.title == "Biên bản: Hội nghị đối thoại với Nhân dân"
    assert (core.author, core.language) == ("Ủy ban nhân dân xã Bình Minh", "vi-VN")
    assert core.created is None
    assert core.modified is None


def test_a_block_that_the_form_does_not_know_is_printed_too():
    assert "Điều ngoài dự kiến." in everything(paper((*minutes(), block("extra", "paragraph", "Điều ngoài dự kiến."))))


def test_empty_blocks_leave_dots_for_facts_and_nothing_for_paragraphs():
    keys = {one.key: "" for one in minutes()}
    text = everything(paper(minutes(**keys)))
    assert "Địa điểm: ……" in text
    assert "kết thúc vào ……./." in text
    assert "Kết luận" not in text
    assert "Nơi nhận" not in text


def test_no_blocks_at_all_still_make_a_paper():
    assert "BIÊN BẢN" in everything(paper((block("place", "field", "", "Địa điểm"),)))


@settings(deadline=None, max_examples=40)
@given(
    text=some.text(
        some.characters() | some.sampled_from("\x00\x0b\x0c\x1f\x85\ufffe\uffff\ud800\u2028\n\t "), max_size=200
    )
)
@pytest.mark.slow
def test_no_text_can_break_the_file(text):
    keys = ("agency", "superior", "subject", "number", "place", "q1.heading", "q1.answer", "conclusion", "recipients")
    document = paper(
        minutes(**dict.fromkeys(keys, text)), signatures={Signatory.CHAIR: Sealed(text)}, addenda=(Sealed(text),)
    )
    assert "BIÊN BẢN" in everything(document)


def test_erased_texts_leave_their_place():
    erased = tuple(block(one.key, one.kind, None, one.label, one.question) for one in minutes())
    assert "BIÊN BẢN" in everything(paper(erased))


def test_twenty_thousand_characters_and_four_hundred_questions_are_all_there():
    answer = "Kính thưa Nhân dân, " * 1000
    text = everything(paper(minutes(400, **{"q7.answer": answer})))
    assert answer.strip() in text
    assert text.count("Câu hỏi thứ ") == 400
