"""The fixed pieces around the body of minutes: the two-column head, the two signatures, the recipients."""

import re
import textwrap
from collections.abc import Mapping

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Emu, Length, Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from live.states import Signatory
from server.documents.paper import TEXT_WIDTH
from server.documents.rule_line import draw_rule

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
NATION_SIZE, MOTTO_SIZE = Pt(12), Pt(13)
"""The decree pairs 12 with 13 or 13 with 14; the smaller pair leaves room for the names that communes have now."""
MOTTO_WIDTH = Pt(159)
"""Width of the motto in Times New Roman bold 13: its rule is exactly as long as its text."""
AGENCY_COLUMN = Mm(70)
_CAPITAL = 0.72
"""Mean width of a bold Vietnamese capital, of the letters' size."""
_RULE_SHARE = 0.42
"""The agency's rule is a third to a half of its text."""
_NAME_CHARACTERS = 24
"""Bold capitals of size 12 that fit the left column."""
_KINDS = re.compile("(ỦY BAN|HỘI ĐỒNG) NHÂN DÂN")
_BOUND = "\N{NO-BREAK SPACE}"


def head(paper: Document, superior: str, agency: str, number: str) -> None:
    """Superior, agency and number at the left; the nation's name and motto at the right."""
    left, right = _columns(paper, AGENCY_COLUMN, Emu(TEXT_WIDTH - AGENCY_COLUMN))
    first = left.paragraphs[0]
    if superior:
        _centred(first, "\n".join(_balanced(superior)), NATION_SIZE, bold=False)
        first = left.add_paragraph()
    name = _balanced(agency)
    _centred(first, "\n".join(name), NATION_SIZE)
    draw_rule(left.add_paragraph(), _agency_rule(name), 1)
    line = _centred(left.add_paragraph(), f"Số: {number}", Pt(13), bold=False)
    line.paragraph_format.space_before = Pt(4)
    _centred(right.paragraphs[0], NATION, NATION_SIZE)
    _centred(right.add_paragraph(), MOTTO, MOTTO_SIZE)
    draw_rule(right.add_paragraph(), MOTTO_WIDTH, 2)


def close(paper: Document, names: Mapping[Signatory, str], recipients: str) -> None:
    """Secretary left, chair right, in equal columns, and the recipients under the secretary.

    All in one row that no page break parts: recipients alone on a last page would look like a lost sheet.
    """
    half = Emu(TEXT_WIDTH // 2)
    left, right = _columns(paper, half, half)
    for cell, role, post in ((left, Signatory.SECRETARY, "THƯ KÝ"), (right, Signatory.CHAIR, "CHỦ TỌA")):
        _centred(cell.paragraphs[0], post, Pt(14)).paragraph_format.space_before = Pt(6)
        name = names.get(role, "")
        note = "(đã ký xác nhận trên hệ thống)" if name else "(chữ ký, họ và tên)"
        _centred(cell.add_paragraph(), note, Pt(12), bold=False).runs[0].italic = True
        _centred(cell.add_paragraph(), name, Pt(14)).paragraph_format.space_before = Pt(56)
    if recipients:
        _recipients(left, recipients)


def _recipients(cell: _Cell, text: str) -> None:
    label = cell.add_paragraph()
    label.paragraph_format.space_before, label.paragraph_format.space_after = Pt(12), Pt(0)
    run = label.add_run("Nơi nhận:")
    run.bold, run.italic, run.font.size = True, True, Pt(12)
    for line in filter(None, text.split("\n")):
        paragraph = cell.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.add_run(line).font.size = Pt(11)


def _balanced(name: str) -> list[str]:
    """The name in capitals, in lines of like length: one left-over word on a line reads badly at a paper's head.

    The kind of a body ("Ủy ban nhân dân") is never broken.
    """
    name = _KINDS.sub(lambda kind: kind[0].replace(" ", _BOUND), " ".join(name.upper().split()))
    count = len(textwrap.wrap(name, _NAME_CHARACTERS, break_long_words=False)) or 1
    widths = range(-(-len(name) // count), _NAME_CHARACTERS + 1)
    tries = (textwrap.wrap(name, width, break_long_words=False) for width in widths)
    lines = next((lines for lines in tries if len(lines) <= count), [name])
    return [line.replace(_BOUND, " ") for line in lines]


def _agency_rule(lines: list[str]) -> Length:
    text = len(max(lines, key=len)) * NATION_SIZE * _CAPITAL
    return Emu(int(min(text, AGENCY_COLUMN) * _RULE_SHARE))


def _columns(paper: Document, *widths: Length) -> list[_Cell]:
    """One row without borders. LibreOffice reads the widths of the columns, Word those of the cells: both are given."""
    table: Table = paper.add_table(rows=1, cols=len(widths))
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    row = table.rows[0]
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 - python-docx cannot say it
    for column, cell, width in zip(table.columns, row.cells, widths, strict=True):
        column.width, cell.width = width, width
    return list(row.cells)


def _centred(paragraph: Paragraph, text: str, size: Length, *, bold: bool = True) -> Paragraph:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    form = paragraph.paragraph_format
    form.space_before, form.space_after = Pt(0), Pt(0)
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, size
    return paragraph
