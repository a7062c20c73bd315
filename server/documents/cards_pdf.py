"""Sheets of paper cards as PDF: A4, two by four, cut along the dashes; the right part is torn off as the receipt.

The cards are Vietnamese, as the paper that people fill in by hand is. The fonts are the hall screen's, embedded.
"""

import unicodedata
from collections.abc import Sequence
from pathlib import Path

import segno
from fpdf import FPDF
from fpdf.drawing_primitives import DeviceGray
from fpdf.fonts import TTFFont

from server.documents.paper_card import ACROSS, DOWN, SHEET, PaperCard

FONTS = Path(__file__).parents[2] / "web" / "static" / "vendor" / "fonts"
WIDTH, HEIGHT, EDGE = 210.0, 297.0, 5.0
"""Millimetres of A4, and what every printer leaves white around it."""
CARD_WIDTH, CARD_HEIGHT = (WIDTH - 2 * EDGE) / ACROSS, (HEIGHT - 2 * EDGE) / DOWN
PAD, STUB = 4.0, 33.0
"""Millimetres inside a card's edge, and of the part that is torn off."""
QR = 27.0
"""Millimetres of the code with its quiet zone: modules of 0.6 mm, which old phones still read."""
QUIET = 4
"""Modules left white around a code (ISO/IEC 18004)."""
ONE_LINE = 42
"""Characters of a title that fit on one line of a card."""

DEMO = "DỮ LIỆU MINH HỌA"
AGREEMENTS = (
    "Tôi đồng ý nêu tên công khai cùng câu hỏi.",
    "Tôi đồng ý truyền tiếng nói, hình ảnh khi hỏi trực tiếp.",
    "Tôi dưới 16 tuổi (không nêu tên).",
)
"""Separate ticks, none made beforehand (law 91/2025/QH15); a child is never named (decision 0041)."""
TOLD = "Phiên có ghi âm, ghi hình. Xin đừng ghi số giấy tờ, số điện thoại."


class _Sheets(FPDF):
    def __init__(self) -> None:
        super().__init__("P", "mm", "A4")
        for part in ("latin", "vietnamese"):
            for style, weight in (("", 400), ("B", 700)):
                self.add_font(part, style, FONTS / f"be-vietnam-pro-{part}-{weight}.woff2")
        self.set_fallback_fonts(["vietnamese"])
        self.set_auto_page_break(False)
        self.c_margin = 0
        self._known = {letter for font in self.fonts.values() if isinstance(font, TTFFont) for letter in font.cmap}

    def words(
        self,
        at: tuple[float, float],
        text: str,
        size: float,
        *,
        bold: bool = False,
        within: float = 0.0,
        align: str = "L",
    ) -> None:
        """One line of text at its top left, in points, made smaller where it would be wider than `within` mm."""
        text = "".join(map(self._written, text))
        self.set_font("latin", "B" if bold else "", size)
        if within and (wide := self.get_string_width(text)) > within:
            self.set_font_size(size * within / wide)
        self.set_xy(*at)
        if text:
            self.cell(within or None, self.font_size * 1.4, text, align=align)

    def _written(self, letter: str) -> str:
        """The letter, or the plain one under it: a mark that the fonts lack (Č of Ê Đê, say) must not stop a sheet."""
        if ord(letter) in self._known:
            return letter
        plain = unicodedata.normalize("NFD", letter)[0]
        return plain if ord(plain) in self._known else " "

    def dashes(self, x1: float, y1: float, x2: float, y2: float) -> None:
        self.set_dash_pattern(1.2, 1.2)
        self.line(x1, y1, x2, y2)
        self.set_dash_pattern()


def cards_pdf(cards: Sequence[PaperCard], title: str, *, demo: bool = False) -> bytes:
    """The sheets, in the order of the cards."""
    sheets = _Sheets()
    sheets.set_title(f"Phiếu hỏi: {title}")
    sheets.set_lang("vi")
    sheets.set_draw_color(DeviceGray(0.45))
    sheets.set_line_width(0.15)
    for place, card in enumerate(cards):
        if place % SHEET == 0:
            sheets.add_page()
            _cut_lines(sheets)
        row, column = divmod(place % SHEET, ACROSS)
        left, top = EDGE + column * CARD_WIDTH, EDGE + row * CARD_HEIGHT
        _to_fill_in(sheets, left + PAD, top + PAD, card, title, demo=demo)
        _to_keep(sheets, left + CARD_WIDTH - STUB, top + PAD, card)
    return bytes(sheets.output())


def _cut_lines(sheets: _Sheets) -> None:
    for column in range(1, ACROSS):
        sheets.dashes(EDGE + column * CARD_WIDTH, 0, EDGE + column * CARD_WIDTH, HEIGHT)
    for row in range(1, DOWN):
        sheets.dashes(0, EDGE + row * CARD_HEIGHT, WIDTH, EDGE + row * CARD_HEIGHT)


def _to_fill_in(sheets: _Sheets, left: float, top: float, card: PaperCard, title: str, *, demo: bool) -> None:
    wide = CARD_WIDTH - STUB - 2 * PAD
    for place, line in enumerate(_two_lines(title)):
        sheets.words((left, top - 1.5 + place * 3.2), line, 7.5, bold=True, within=wide)
    sheets.words((left, top + 7), "Phiếu số", 8)
    sheets.words((left + 13, top + 4.6), str(card.number), 19, bold=True)
    beside = " · ".join(part for part in (card.site, DEMO if demo else "") if part)
    sheets.words((left + 31, top + 7), beside, 7, within=wide - 31)
    for place, name in enumerate(("Họ tên:", "Xã, phường:", "Câu hỏi (một việc):", "", "", "")):
        under = top + 19 + place * 6.2
        sheets.words((left, under - 4.2), name, 7)
        from_here = left + (sheets.get_string_width(name) + 1.5 if name else 0)
        sheets.line(from_here, under, left + wide, under)
    for place, agreed in enumerate(AGREEMENTS):
        at = top + 52.5 + place * 3.6
        sheets.rect(left, at + 0.4, 2.2, 2.2)
        sheets.words((left + 3.4, at), agreed, 6.5, within=wide - 3.4)
    sheets.words((left, top + 63.5), TOLD, 6, within=wide)


def _two_lines(title: str) -> tuple[str, ...]:
    """A long title broken at the word nearest to its middle."""
    middle = len(title) // 2
    gaps = [place for place, letter in enumerate(title) if letter.isspace()]
    if len(title) <= ONE_LINE or not gaps:
        return (title,)
    gap = min(gaps, key=lambda place: abs(place - middle))
    return title[:gap], title[gap + 1 :]


def _to_keep(sheets: _Sheets, left: float, top: float, card: PaperCard) -> None:
    sheets.dashes(left - 1, top - PAD + 1, left - 1, top + CARD_HEIGHT - PAD - 1)
    wide = STUB - PAD
    sheets.words((left, top), "Xin giữ lại nửa này", 7, within=wide, align="C")
    _code(sheets, left + (wide - QR) / 2, top + 5, card.address)
    sheets.words((left, top + 33), "Phiếu số", 8, within=wide, align="C")
    sheets.words((left, top + 36), str(card.number), 22, bold=True, within=wide, align="C")
    sheets.words((left, top + 47), card.receipt, 11, bold=True, within=wide, align="C")
    sheets.words((left, top + 54), "Quét mã, hoặc gõ số phiếu", 5.2, within=wide, align="C")
    sheets.words((left, top + 57), "ở máy tra cứu trong hội trường,", 5.2, within=wide, align="C")
    sheets.words((left, top + 60), "để biết câu hỏi đi đến đâu.", 5.2, within=wide, align="C")


def _code(sheets: _Sheets, left: float, top: float, address: str) -> None:
    rows = segno.make(address, micro=False, error="m").matrix
    module = QR / (len(rows) + 2 * QUIET)
    sheets.set_fill_color(DeviceGray(0))
    for down, row in enumerate(rows):
        start = 0
        while start < len(row):
            end = next((place for place in range(start, len(row)) if row[place] != row[start]), len(row))
            if row[start]:  # neighbours as one bar: no hair of white between them on paper
                x, y = left + (start + QUIET) * module, top + (down + QUIET) * module
                sheets.rect(x, y, (end - start) * module, module, "F")
            start = end
