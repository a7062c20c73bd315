"""The sheet of an administrative document (decree 30/2020/NĐ-CP, annex I): size, margins, letters, page number.

Everything here is the same for every kind of paper; what a kind of paper says is in its own file.
"""

import io
import zipfile
from typing import cast

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

LETTERS = "Times New Roman"
BODY_SIZE = Pt(14)
PAGE_NUMBER_SIZE = Pt(13)
STAMP_SIZE = Pt(10)
TEXT_WIDTH = Mm(165)
"""A4 less 30 mm at the left and 15 mm at the right."""
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip can hold: every file carries it, so that equal papers are equal bytes."""
_RED = RGBColor(0xC0, 0, 0)


def new_paper(title: str, author: str, stamps: tuple[str, ...]) -> Document:
    """An empty A4 sheet in Vietnamese. `stamps` stand in the top margin of every page: that it is a draft, say."""
    paper = docx.Document()
    _sheet(paper)
    _letters(paper)
    section = paper.sections[0]
    section.different_first_page_header_footer = True
    _number(section.header.paragraphs[0])
    _spacer(section.first_page_header.paragraphs[0])
    for head in (section.header, section.first_page_header):
        if stamps:
            _stamp(head.add_paragraph(), " · ".join(stamps))
    _properties(paper, title, author)
    return paper


def saved(paper: Document) -> bytes:
    """The file, byte for byte the same for the same content."""
    draft = io.BytesIO()
    paper.save(draft)
    final = io.BytesIO()
    with zipfile.ZipFile(draft) as source, zipfile.ZipFile(final, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist()):
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return final.getvalue()


def _sheet(paper: Document) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance, section.footer_distance = Mm(8), Mm(8)


def _letters(paper: Document) -> None:
    """One face for every script, and the language, so that no program puts in another or underlines every word."""
    style = cast("ParagraphStyle", paper.styles["Normal"])
    style.font.name, style.font.size = LETTERS, BODY_SIZE
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), LETTERS)
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)
    for lang in [*properties.findall(qn("w:lang")), *paper.styles.element.iter(qn("w:lang"))]:
        lang.getparent().remove(lang)
    lang = OxmlElement("w:lang")
    lang.set(qn("w:val"), "vi-VN")
    lang.set(qn("w:eastAsia"), "vi-VN")
    properties.append(lang)
    form = style.paragraph_format
    form.space_before, form.space_after, form.line_spacing = Pt(0), Pt(6), 1.0
    form.widow_control = True


def _number(paragraph: Paragraph) -> None:
    """The page number, a field that the reading program fills in."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(0)
    for kind in ("begin", "PAGE", "separate", "2", "end"):
        run = paragraph.add_run()
        run.font.size = PAGE_NUMBER_SIZE
        if kind == "2":
            run.text = kind
        elif kind == "PAGE":
            field = OxmlElement("w:instrText")
            field.set(qn("xml:space"), "preserve")
            field.text = f" {kind} "
            run._r.append(field)  # noqa: SLF001 - python-docx has no fields of its own
        else:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)  # noqa: SLF001 - python-docx has no fields of its own


def _spacer(paragraph: Paragraph) -> None:
    """An empty line as high as a page number, so that the stamps stand at one height on all pages."""
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = Pt(15)


def _stamp(paragraph: Paragraph, text: str) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(0)
    run = paragraph.add_run(text)
    run.bold, run.font.size, run.font.color.rgb = True, STAMP_SIZE, _RED


def _properties(paper: Document, title: str, author: str) -> None:
    core = paper.core_properties
    core.title, core.author, core.language = title[:255], author[:255], "vi-VN"
    core.comments, core.keywords, core.last_modified_by, core.revision = "", "", author[:255], 1
    # The template's own dates and picture would say something untrue of this paper.
    element = core._element  # noqa: SLF001 - a date cannot be taken away through the properties
    for name in ("dcterms:created", "dcterms:modified"):
        for dated in element.findall(qn(name)):
            element.remove(dated)
    relations = paper.part.package.rels
    for key in [key for key, relation in relations.items() if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        relations.pop(key)
