"""Secrets are made once, for the server's own user only, and a broken key stops the start."""

import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from server.keys import form_secret, provider_secret, signing_key
from server.settings import BadSetting, Settings


def test_both_secrets_are_kept_in_files_for_one_user(tmp_path):
    settings = Settings(data_dir=tmp_path / "new")
    made = form_secret(settings), signing_key(settings).private_bytes_raw()
    assert (form_secret(settings), signing_key(settings).private_bytes_raw()) == made
    for path in (settings.data_dir / "secret", settings.signing_key):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert {path.name for path in settings.data_dir.iterdir()} == {"secret", "signing.key"}


def test_those_who_start_together_agree_on_one_secret(tmp_path):
    with ThreadPoolExecutor(8) as many:
        found = set(many.map(form_secret, [Settings(data_dir=tmp_path)] * 40))
    assert len(found) == 1


def test_a_given_secret_is_used_and_no_file_made(tmp_path):
    assert form_secret(Settings(data_dir=tmp_path, secret="x" * 32)) == "x" * 32
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"abc", b"\xff" * 64, b"g" * 64])
def test_a_broken_signing_key_is_refused_and_left_alone(tmp_path, content):
    settings = Settings(data_dir=tmp_path)
    settings.signing_key.write_bytes(content)
    with pytest.raises(BadSetting, match="SIGNING_KEY"):
        signing_key(settings)
    assert settings.signing_key.read_bytes() == content


def with_provider(tmp_path, content: bytes | None) -> Settings:
    file = tmp_path / "provider"
    if content is not None:
        file.write_bytes(content)
    return Settings(
        data_dir=tmp_path, oidc_issuer="https://xacthuc.example.vn", oidc_client="doithoai", oidc_secret_file=file
    )


def test_the_secret_of_the_provider_is_read_from_its_file(tmp_path):
    assert provider_secret(with_provider(tmp_path, b"a-secret\n")) == "a-secret"
    assert provider_secret(Settings(data_dir=tmp_path)) == ""


@pytest.mark.parametrize("content", [None, b"", b" \n", "bí mật".encode()])
def test_a_file_without_a_secret_stops_the_start(tmp_path, content):
    with pytest.raises(BadSetting, match="OIDC_SECRET_FILE"):
        provider_secret(with_provider(tmp_path, content))
