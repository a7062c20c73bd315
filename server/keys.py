"""The two secrets of an installation, made at the first start in files that only the server's user can read.

And the one by which the identity provider knows this server, which the provider made.
"""

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from server.settings import BadSetting, Settings


def form_secret(settings: Settings) -> str:
    """What forms are signed with: DOITHOAI_SECRET, or the file `secret` in the data directory."""
    if settings.secret:
        return settings.secret
    return _kept(settings.data_dir / "secret", lambda: secrets.token_urlsafe(48).encode()).decode()


def signing_key(settings: Settings) -> Ed25519PrivateKey:
    """What the heads of the journals are signed with: 32 raw bytes in hexadecimal. Keep a copy in another place."""
    written = _kept(settings.signing_key, lambda: secrets.token_hex(32).encode()).strip()
    try:
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(written.decode()))
    except ValueError as why:
        raise BadSetting(
            f"DOITHOAI_SIGNING_KEY={settings.signing_key}: tệp này không phải khóa ký 64 chữ số thập lục phân; hãy "
            "lấy lại từ bản sao lưu. / This file is no signing key of 64 hexadecimal digits; restore it from your copy."
        ) from why


def provider_secret(settings: Settings) -> str:
    """What the identity provider gave for this server: DOITHOAI_OIDC_SECRET, or the content of a file."""
    if settings.oidc_secret or not settings.oidc_issuer:
        return settings.oidc_secret
    try:
        found = settings.oidc_secret_file.expanduser().read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as why:
        raise _no_secret(settings, type(why).__name__) from why
    if not found:
        raise _no_secret(settings, "trống / empty")
    return found


def _no_secret(settings: Settings, reason: str) -> BadSetting:
    return BadSetting(
        f"DOITHOAI_OIDC_SECRET_FILE={settings.oidc_secret_file}: không đọc được bí mật ({reason}); hãy xem lại tệp và "
        "quyền đọc. / No secret could be read; look at the file and who may read it."
    )


def _kept(path: Path, make: Callable[[], bytes]) -> bytes:
    """The content of a secret file, made once with mode 0600. Whoever comes second reads what the first one made."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        unfinished = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(make())
            file.flush()
            os.fsync(descriptor)
        try:
            os.link(unfinished, path)  # unlike a rename, never replaces the one that is there
        except FileExistsError:
            pass
        finally:
            unfinished.unlink()
    return path.read_bytes()
