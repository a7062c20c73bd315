"""The minutes as a Word file: decree 30/2020/NĐ-CP, annex III, form 1.9.

The form carries no place-and-date line: the day stands in the lines of beginning and end.
"""

from collections.abc import Mapping

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Mm, Pt
from docx.text.paragraph import Paragraph

from live.compose import Block
from live.states import MinutesState, Signatory
from live.texts import Sealed, clean
from server.documents import DEMO
from server.documents.minutes_frame import close, head
from server.documents.paper import new_paper, saved
from server.documents.rule_line import draw_rule

DRAFT = "DỰ THẢO – chưa được phê duyệt"
OPEN_FIELD = "……"
SIGNED = frozenset({MinutesState.SIGNED, MinutesState.PUBLISHED, MinutesState.AMENDED})

_FRAME = frozenset({"superior", "agency", "number", "subject", "ended", "recipients"})
"""Blocks that have a place of their own; all others are the body, in their order."""
_HEADED = frozenset({"commitments", "remarks", "sound", "conclusion"})
_LEADS = {
    "attendees": "Thành phần tham dự",
    "counts": "Tổng hợp ý kiến",
    "question": "Nội dung hỏi",
    "answer": "Nội dung trả lời",
    "outcome": "Kết quả",
}
"""What is written before a paragraph, by the last word of its key."""


def minutes_docx(
    blocks: tuple[Block, ...],
    *,
    state: MinutesState,
    demo: bool,
    signatures: Mapping[Signatory, Sealed],
    addenda: tuple[Sealed, ...] = (),
) -> bytes:
    """The minutes in form 1.9; a draft says so on every page, and so does invented content.

    The same minutes give the same bytes. Texts may hold anything: what no document can hold is left out.
    """
    texts = {block.key: clean(str(block.text)) for block in blocks}
    stamps = (*([] if state in SIGNED else [DRAFT]), *([DEMO] if demo else []))
    paper = new_paper(f"Biên bản: {texts.get('subject', '')}", texts.get("agency", ""), stamps)
    head(paper, texts.get("superior", ""), texts.get("agency") or OPEN_FIELD, texts.get("number") or OPEN_FIELD)
    _title(paper, texts.get("subject", ""))
    _body(paper, blocks)
    _end(paper, texts.get("ended") or OPEN_FIELD)
    close(paper, {role: clean(str(name)) for role, name in signatures.items()}, texts.get("recipients", ""))
    for number, addendum in enumerate(addenda, 1):
        _addendum(paper, number, clean(str(addendum)))
    return saved(paper)


def _title(paper: Document, subject: str) -> None:
    for words, before in (("BIÊN BẢN", Pt(12)), *((line, Pt(0)) for line in subject.split("\n"))):
        paragraph = paper.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        form = paragraph.paragraph_format
        form.space_before, form.space_after, form.keep_with_next = before, Pt(0), True
        paragraph.add_run(words).bold = True
    draw_rule(paper.add_paragraph(), Mm(40), 3)
    paper.paragraphs[-1].paragraph_format.space_after = Pt(12)


def _body(paper: Document, blocks: tuple[Block, ...]) -> None:
    content = False
    for block in blocks:
        if block.key in _FRAME:
            continue
        if not content and (block.key == "opening" or block.question is not None):
            _paragraph(paper, "Nội dung:", bold=True).paragraph_format.keep_with_next = True
            content = True
        _block(paper, block, clean(str(block.text)))


def _block(paper: Document, block: Block, text: str) -> None:
    if block.kind == "field":
        _paragraph(paper, text.replace("\n", " ") or OPEN_FIELD, lead=block.label)
    elif text and block.kind == "heading":
        _paragraph(paper, text, bold=True).paragraph_format.keep_with_next = True
    elif text and block.key in _HEADED:
        _paragraph(paper, f"{block.label}:", bold=True).paragraph_format.keep_with_next = True
        _lines(paper, text)
    elif text:
        _lines(paper, text, _LEADS.get(block.key.rpartition(".")[2], ""))


def _lines(paper: Document, text: str, lead: str = "") -> None:
    lines = [line for line in text.split("\n") if line]
    for number, line in enumerate(lines):
        _paragraph(paper, line, lead=lead if number == 0 else "")


def _paragraph(paper: Document, text: str, *, lead: str = "", bold: bool = False) -> Paragraph:
    paragraph = paper.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    paragraph.paragraph_format.first_line_indent = Cm(1.27)
    if lead:
        paragraph.add_run(f"{lead}: ").italic = True
    paragraph.add_run(text).bold = bold or None
    return paragraph


def _end(paper: Document, ended: str) -> None:
    """The sentence that closes the body. It stays with the signatures, which must not stand alone on a page."""
    sentence = f"Hội nghị đối thoại kết thúc vào {ended.rstrip('./ ')}./."
    _paragraph(paper, sentence).paragraph_format.keep_with_next = True


def _addendum(paper: Document, number: int, text: str) -> None:
    heading = paper.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    heading.paragraph_format.page_break_before = number == 1
    heading.paragraph_format.space_before, heading.paragraph_format.keep_with_next = Pt(12), True
    heading.add_run(f"PHỤ LỤC {number}").bold = True
    _lines(paper, text)
