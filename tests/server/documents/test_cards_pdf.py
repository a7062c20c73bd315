"""The sheets of paper cards as a printer gets them: letters that can be read back, numbers, and codes that open."""

import shutil
import subprocess
from pathlib import Path

import pytest

from server.documents.cards_pdf import AGREEMENTS, DEMO, cards_pdf
from server.documents.paper_card import SHEET, PaperCard

pytestmark = pytest.mark.slow

TITLE = "Đối thoại của Chủ tịch UBND xã Ea Mô với Nhân dân: đường, điện và nước"
ADDRESS = "https://doithoai.example.gov.vn/d/K7RWPX/card/{}"


def card(number: int, site: str = "") -> PaperCard:
    receipt = f"AB{number:02d}-7K2M"
    return PaperCard(number, receipt, site, ADDRESS.format(receipt))


def tool(name: str) -> str:
    """A program that reads paper: `make test` installs it on Debian; other machines may lack it."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(
            f"{name} is not installed: make test installs {'zbar-tools' if 'zbar' in name else 'poppler-utils'}"
        )
    return found


def written(body: bytes, folder: Path) -> Path:
    path = folder / "cards.pdf"
    path.write_bytes(body)
    return path


def read(path: Path) -> str:
    return subprocess.run([tool("pdftotext"), path, "-"], check=True, capture_output=True, text=True).stdout


def test_a_sheet_says_in_vietnamese_what_stands_on_each_card(tmp_path):
    text = read(written(cards_pdf([card(7), card(8, "Điểm cầu Ea H'Leo")], TITLE), tmp_path))
    for words in (*TITLE.split(), "Họ tên:", "Xã, phường:", "AB07-7K2M", "AB08-7K2M", "Điểm cầu Ea H'Leo", *AGREEMENTS):
        assert words in text
    assert text.split().count("7") == 2, "on the part to fill in and on the part to keep"
    assert DEMO not in text


@pytest.mark.parametrize("count, sheets", [(1, 1), (SHEET, 1), (SHEET + 1, 2)])
def test_a_page_holds_eight_and_the_next_one_the_rest(tmp_path, count, sheets):
    pages = read(written(cards_pdf([card(number + 1) for number in range(count)], TITLE), tmp_path)).split("\f")[:-1]
    assert [page.count("Xin giữ lại nửa này") for page in pages] == [SHEET] * (sheets - 1) + [
        count - SHEET * (sheets - 1)
    ]


def test_every_code_opens_the_page_of_its_own_card(tmp_path):
    cards = [card(number + 1) for number in range(SHEET)]
    path = written(cards_pdf(cards, TITLE), tmp_path)
    subprocess.run([tool("pdftoppm"), "-r", "150", "-gray", "-png", path, tmp_path / "page"], check=True)
    (picture,) = tmp_path.glob("page*.png")
    found = subprocess.run([tool("zbarimg"), "-q", "--raw", picture], check=True, capture_output=True, text=True).stdout
    assert sorted(found.split()) == [one.address for one in cards]


def test_a_letter_that_the_fonts_lack_is_printed_without_its_mark(tmp_path):
    text = read(written(cards_pdf([card(1, "buôn Čư Mlan 语")], "Ƀuôn Hồ"), tmp_path))
    assert "buôn Cư Mlan" in text


def test_an_invented_dialogue_says_so_on_its_paper(tmp_path):
    assert DEMO in read(written(cards_pdf([card(1)], TITLE, demo=True), tmp_path))
