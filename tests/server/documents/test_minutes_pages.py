"""The minutes as a reader sees them: opened by LibreOffice, page by page."""

import re
import subprocess
import unicodedata
from typing import Any

import pytest

from live.states import MinutesState, Signatory
from live.texts import Sealed
from server.documents import DEMO
from server.documents.minutes_docx import DRAFT, minutes_docx
from tests.server.documents.minutes_blocks import minutes

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

SIGNATURES = {Signatory.CHAIR: Sealed("Nguyễn Thị Minh Họa"), Signatory.SECRETARY: Sealed("Lê Văn Minh Họa")}
LENGTHS = range(20, 44, 2)
"""Lines of conclusion: the end of the paper wanders over a page break."""


def plain(text):
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text))


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The pages of each paper as text, by its name. One start of LibreOffice for all of them."""
    root = tmp_path_factory.mktemp("papers")
    papers: dict[str, Any] = {
        "draft": (minutes(25), MinutesState.DRAFT, True, {}),
        "long": (LONG, MinutesState.SIGNED, False, {}),
    }
    for lines in LENGTHS:
        blocks = minutes(1, conclusion="Giao thực hiện.\n" * lines)
        papers[f"end{lines}"] = (blocks, MinutesState.SIGNED, False, SIGNATURES)
    for name, (blocks, state, demo, signatures) in papers.items():
        made = minutes_docx(blocks, state=state, demo=demo, signatures=signatures)
        (root / f"{name}.docx").write_bytes(made)
    profile = f"-env:UserInstallation={(root / 'profile').as_uri()}"
    files = [str(path) for path in root.glob("*.docx")]
    office = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(root), *files]
    subprocess.run(office, check=True, capture_output=True, timeout=170)
    return {name: text_of(root / f"{name}.pdf") for name in papers}


def flowing(sheets):
    """The text without page numbers, which would stand in the middle of sentences."""
    return plain("".join(re.sub(r"\A\s*\d+\s*\n", "", sheet) for sheet in sheets))


def text_of(pdf):
    run = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, timeout=60)
    return run.stdout.decode().rstrip("\f").split("\f")


LONG = minutes(
    2,
    agency="Ban Quản lý " + "rất dài " * 30,
    **{"q1.answer": "Kính thưa Nhân dân, " * 1000, "q2.answer": "x" * 5000, "recipients": "- Sở;\n" * 200},
)


def test_every_block_is_on_the_paper(pages):
    seen = flowing(pages["draft"])
    for one in minutes(25):
        for line in str(one.text).split("\n"):
            # The head is in capitals and in two columns that -layout reads across: its words are looked for one by one.
            words = str(one.text).upper().split() if one.key in {"superior", "agency"} else [line]
            assert [word for word in words if plain(word) not in seen] == [], one.key


def test_the_first_page_has_no_number_and_the_others_theirs(pages):
    first, *others = (page.strip().split("\n")[0].strip() for page in pages["draft"])
    assert not first.isdigit()
    assert others == [str(number) for number in range(2, len(others) + 2)]
    assert len(others) >= 2


def test_every_page_of_an_invented_draft_says_so(pages):
    for page in pages["draft"]:
        assert DRAFT in page
        assert DEMO in page
    assert not [page for page in pages["long"] if DRAFT in page or DEMO in page]


@pytest.mark.parametrize("lines", LENGTHS)
def test_signatures_stay_together_and_never_alone_on_a_page(pages, lines):
    closing = ["kết thúc vào", "THƯ KÝ", "CHỦ TỌA", "Lê Văn Minh Họa", "Nguyễn Thị Minh Họa", "Nơi nhận:", "Lưu: VT"]
    last = pages[f"end{lines}"][-1]
    assert [words for words in closing if words not in last] == []


def test_the_lengths_tried_cross_a_page_break(pages):
    assert len({len(pages[f"end{lines}"]) for lines in LENGTHS}) == 2


def test_nothing_of_a_long_text_falls_off_the_sheet(pages):
    seen = flowing(pages["long"])
    assert seen.count(plain("Kính thưa Nhân dân,")) == 1000
    assert seen.count("x") >= 5000
    assert seen.count(plain("- Sở;")) == 200
