"""What an installation trusts: the archive seen first, its files as they came, room enough, no links out, one turn."""

import fcntl
import shutil
import zipfile

import pytest

from tests.disk import leaving
from tests.transcription.brought import NAME, NEW_MODEL, lay, nothing_installed, pack
from tests.transcription.cutting import Cutting, served
from transcription import digests
from transcription.catalogue import OFFERS
from transcription.model_install import Wish, install, remove
from transcription.models import list_models
from transcription.problems import BadModel


def test_every_offer_says_where_it_comes_from_and_on_what_terms():
    for short, offer in OFFERS.items():
        assert offer.short == short
        assert offer.licence
        assert offer.source.startswith("https://") or offer.package
        assert offer.sha256 is None or len(offer.sha256) == 64
    assert {"vi", "vi-small", "en-small", "ko"} <= set(OFFERS)


def test_another_archive_under_a_known_name_is_refused_until_somebody_says_so(models_dir, archive):
    first = install(str(archive), models_dir).sha256
    remove(NAME, models_dir)
    pack(archive, [f"{NAME}/{name}" for name in NEW_MODEL], b"another")
    with pytest.raises(BadModel, match=str(first)) as refused:
        install(str(archive), models_dir)
    assert list_models(models_dir) == []
    second = digests.digest(archive)
    assert second in refused.value.vi
    assert install(str(archive), models_dir, Wish(sha256=second)).sha256 == second
    remove(NAME, models_dir)
    assert install(str(archive), models_dir).sha256 == second


def test_what_failed_to_install_is_not_remembered(models_dir, tmp_path):
    broken = pack(tmp_path / f"{NAME}.zip", [f"{NAME}/README"])
    with pytest.raises(BadModel):
        install(str(broken), models_dir)
    assert not (models_dir / digests.SEEN).exists()


@pytest.mark.parametrize("content", ["{", "[1]", "3"])
def test_a_record_that_cannot_be_read_is_told(models_dir, archive, content):
    models_dir.mkdir()
    (models_dir / digests.SEEN).write_text(content)
    with pytest.raises(BadModel, match=r"digests\.json"):
        install(str(archive), models_dir)


def test_a_file_that_changed_or_went_since_is_named(models_dir, archive):
    model = install(str(archive), models_dir).model
    assert digests.changed(model.path) == []
    (model.path / "am/final.mdl").write_bytes(b"rotten")
    (model.path / "ivector/final.ie").unlink()
    assert digests.changed(model.path) == ["am/final.mdl", "ivector/final.ie"]


def test_of_a_model_laid_by_hand_nobody_knows_how_it_was(model_dir):
    assert digests.changed(model_dir) is None


def test_a_link_out_of_a_directory_is_refused_and_one_inside_is_copied(models_dir, model_dir, tmp_path):
    (model_dir / "README").symlink_to(model_dir / "am/final.mdl")
    assert install(str(model_dir), models_dir).model.language == "vi"
    (tmp_path / "secret").write_text("bí mật")
    (model_dir / "notes").symlink_to(tmp_path / "secret")
    remove(NAME, models_dir)
    with pytest.raises(BadModel, match="cp -rL"):
        install(str(model_dir), models_dir)
    assert list_models(models_dir) == []


@pytest.mark.parametrize("what", ["zip", "directory"])
def test_without_room_nothing_is_begun(models_dir, archive, model_dir, monkeypatch, what):
    monkeypatch.setattr(shutil, "disk_usage", leaving(3))
    with pytest.raises(BadModel, match="Không đủ chỗ"):
        install(str(archive if what == "zip" else model_dir), models_dir)
    assert nothing_installed(models_dir)


def test_a_second_installation_waits_for_nobody_and_spoils_nothing(models_dir, archive):
    models_dir.mkdir()
    with (models_dir / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(BadModel, match="một lần cài"):
            install(str(archive), models_dir)
    assert install(str(archive), models_dir).model.name == NAME


def test_what_a_killed_installation_left_is_cleared_by_the_next(models_dir, archive):
    lay(models_dir / ".incoming-dead", NEW_MODEL)
    install(str(archive), models_dir)
    assert not list(models_dir.glob(".incoming-*"))


def test_a_model_is_removed_by_its_name_and_nothing_else_is(models_dir, archive):
    install(str(archive), models_dir)
    for name in ("", ".", "..", f"../{models_dir.name}", ".lock", "none", "a/b"):
        with pytest.raises(BadModel, match="Chưa xóa gì"):
            remove(name, models_dir)
    assert remove(NAME, models_dir) == models_dir / NAME
    assert list_models(models_dir) == []
    assert not list(models_dir.glob(".incoming-*"))


def test_a_model_comes_from_an_address_over_a_line_that_breaks(models_dir, archive):
    with served(Cutting(archive.read_bytes(), [300, 500])) as line:
        installed = install(f"{line.address}/{NAME}.zip", models_dir, Wish(pause=lambda _: None))
    assert installed.model.path == models_dir / NAME
    assert installed.sha256 == digests.digest(archive)
    assert len(line.asked) == 3
    assert not list((models_dir / ".partial").iterdir())


def test_a_truncated_archive_says_so(models_dir, tmp_path, archive):
    short = tmp_path / "short.zip"
    short.write_bytes(archive.read_bytes()[:-100])
    with pytest.raises(BadModel, match="tệp hỏng"):
        install(str(short), models_dir)
    assert zipfile.is_zipfile(archive)
