"""All settings, read once at start from DOITHOAI_* variables and checked there; docs/reference.md explains each.

A `Settings` that exists is a valid one: a wrong value raises `BadSetting` with a sentence for the operator.
"""

import dataclasses
import difflib
import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from transcription.polish.chain import DEFAULT, NAMES, strange

PREFIX = "DOITHOAI_"
LOG_LEVELS = ("debug", "info", "warning", "error")
OIDC_CLAIMS = ("preferred_username", "email")
"""What may name somebody at the identity provider; an e-mail address only when the provider has verified it."""
_ON = {
    "1": True,
    "on": True,
    "true": True,
    "yes": True,
    "": False,
    "0": False,
    "off": False,
    "false": False,
    "no": False,
}


class BadSetting(ValueError):
    """A setting that cannot be used. Its text says which one, why, and what to write instead."""


@dataclass(frozen=True, slots=True)
class Settings:
    """One field for each variable: `data_dir` is DOITHOAI_DATA_DIR. Empty texts and paths take their default here."""

    data_dir: Path = Path("data")
    database_url: str = dataclasses.field(default="", repr=False)
    redis_url: str = dataclasses.field(default="", repr=False)
    sound: bool = True
    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str = ""
    plain_http: bool = False
    trusted_proxies: tuple[str, ...] = ()
    models_dir: Path = Path()
    model: str = ""
    models_address: str = ""
    polish: tuple[str, ...] = DEFAULT
    captions_good: int = 20
    captions_poor: int = 30
    overlay_origins: tuple[str, ...] = ()
    longest_file_hours: int = 8
    log_level: str = "info"
    session_hours: int = 12
    secret: str = dataclasses.field(default="", repr=False)
    signing_key: Path = Path()
    open_metrics: bool = False
    oidc_issuer: str = ""
    oidc_client: str = ""
    oidc_secret: str = dataclasses.field(default="", repr=False)
    oidc_secret_file: Path = Path()
    oidc_name: str = ""
    oidc_claim: str = OIDC_CLAIMS[0]
    shell: bool = True

    def __post_init__(self) -> None:
        fill = object.__setattr__  # the one moment in which a frozen value may still be completed
        fill(self, "data_dir", self.data_dir.expanduser().resolve())
        fill(self, "database_url", self.database_url or f"sqlite:///{self.data_dir / 'doithoai.db'}")
        fill(self, "public_url", (self.public_url or f"http://{_bracketed(self.host)}:{self.port}").rstrip("/").lower())
        fill(self, "models_dir", self.models_dir if self.models_dir != Path() else self.data_dir / "models")
        fill(self, "signing_key", self.signing_key if self.signing_key != Path() else self.data_dir / "signing.key")
        _check_numbers(self)
        _check_texts(self)
        _check_captions(self)
        _check_overlay(self)
        _check_address(self)
        _check_sharing(self)
        _check_provider(self)

    @property
    def shared(self) -> bool:
        """Whether several servers may share the database."""
        return not self.database_url.startswith("sqlite:")

    @property
    def only_here(self) -> bool:
        """Whether the address that is printed and shown opens on this machine alone: no phone gets in by it."""
        return is_loopback(urlsplit(self.public_url).hostname or "")

    @property
    def https(self) -> bool:
        """Whether people reach the server over TLS (a proxy in front of it, usually)."""
        return self.public_url.startswith("https://")

    @property
    def origins(self) -> frozenset[str]:
        """The exact origins whose pages may send: the public one; without TLS also this machine's own names."""
        return frozenset({self.public_url} | (set() if self.https else {f"http://{host}" for host in self._own_hosts}))

    @property
    def hosts(self) -> frozenset[str]:
        """The exact Host headers that are answered; this machine's own names are for health checks and metrics."""
        return frozenset({urlsplit(self.public_url).netloc, *self._own_hosts})

    @property
    def _own_hosts(self) -> set[str]:
        return {f"{name}:{self.port}" for name in ("127.0.0.1", "localhost", "[::1]")}


def read(environ: Mapping[str, str]) -> Settings:
    """The settings that the environment asks for. Raises BadSetting."""
    asked: dict[str, Any] = {}
    for field in dataclasses.fields(Settings):
        name = PREFIX + field.name.upper()
        if name in environ:
            asked[field.name] = _value(name, field.type, environ[name].strip())
    return Settings(**asked)


def unknown(environ: Mapping[str, str]) -> list[str]:
    """A sentence for each DOITHOAI_* variable that is no setting: most often a slip of the fingers."""
    known = [PREFIX + field.name.upper() for field in dataclasses.fields(Settings)]
    strange = sorted(name for name in environ if name.startswith(PREFIX) and name not in known)
    return [_strange(name, difflib.get_close_matches(name, known, 1)) for name in strange]


def _strange(name: str, near: list[str]) -> str:
    meant = f" Có phải là {near[0]}? / Is it {near[0]}?" if near else ""
    return f"Không có thiết lập {name}; nó bị bỏ qua. / There is no setting {name}; it is ignored.{meant}"


def _value(name: str, kind: object, text: str) -> object:
    if kind is bool:
        if text.lower() not in _ON:
            raise BadSetting(f"{name}={text!r}: hãy ghi 1 hoặc 0. / Write 1 or 0.")
        return _ON[text.lower()]
    if kind is int:
        if not text.isascii() or not text.isdigit():
            raise BadSetting(f"{name}={text!r}: hãy ghi một số nguyên. / Write a whole number.")
        return int(text)
    if kind is Path:
        return Path(text)
    if kind is str:
        return text
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _check_numbers(settings: Settings) -> None:
    if not 0 < settings.port < 65536:
        raise BadSetting(f"{PREFIX}PORT={settings.port}: cổng từ 1 đến 65535. / A port is 1 to 65535.")
    if not 0 < settings.session_hours <= 720:
        raise BadSetting(f"{PREFIX}SESSION_HOURS={settings.session_hours}: từ 1 đến 720 giờ. / From 1 to 720 hours.")
    if not 0 < settings.longest_file_hours <= 24:
        raise BadSetting(
            f"{PREFIX}LONGEST_FILE_HOURS={settings.longest_file_hours}: từ 1 đến 24 giờ. / From 1 to 24 hours."
        )


def _check_captions(settings: Settings) -> None:
    if not 0 <= settings.captions_good <= settings.captions_poor <= 100:
        raise BadSetting(
            f"{PREFIX}CAPTIONS_GOOD={settings.captions_good}, {PREFIX}CAPTIONS_POOR={settings.captions_poor}: "
            "từ 0 đến 100, số đầu không lớn hơn số sau. / From 0 to 100 per cent, the first not above the second."
        )


def _check_overlay(settings: Settings) -> None:
    """What may frame the overlay is written into a header of every visit: an origin each, and nothing else."""
    for origin in settings.overlay_origins:
        parts = urlsplit(origin)
        plain = parts.netloc and re.fullmatch(r"[a-z0-9.:\[\]-]+", parts.netloc)
        if parts.scheme not in {"http", "https"} or not plain or origin != f"{parts.scheme}://{parts.netloc}":
            raise BadSetting(
                f"{PREFIX}OVERLAY_ORIGINS: {origin!r} phải có dạng https://ten-mien, chữ thường, không có phần sau. / "
                "must be written as https://host, in small letters, with nothing behind."
            )


def _check_texts(settings: Settings) -> None:
    if settings.log_level not in LOG_LEVELS:
        raise BadSetting(f"{PREFIX}LOG_LEVEL={settings.log_level!r}: một trong / one of {', '.join(LOG_LEVELS)}.")
    if unknown := strange(settings.polish):
        raise BadSetting(
            f"{PREFIX}POLISH: không có bước {', '.join(unknown)}; các bước là {', '.join(NAMES)}. / There is no step "
            f"{', '.join(unknown)}; the steps are the ones named."
        )
    if settings.secret and len(settings.secret) < 32:
        raise BadSetting(f"{PREFIX}SECRET: cần ít nhất 32 ký tự ngẫu nhiên. / At least 32 random characters.")
    for proxy in settings.trusted_proxies:
        try:
            ipaddress.ip_network(proxy)
        except ValueError as why:
            raise BadSetting(
                f"{PREFIX}TRUSTED_PROXIES: {proxy!r} không phải địa chỉ hay dải IP. / is no IP address or network."
            ) from why


def _check_address(settings: Settings) -> None:
    """The public address is an origin, and plain HTTP beyond this machine is somebody's knowing choice."""
    parts = urlsplit(settings.public_url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query or parts.username:
        raise BadSetting(
            f"{PREFIX}PUBLIC_URL={settings.public_url!r}: hãy ghi dạng https://ten-mien, không có phần sau. / "
            "Write it as https://host, with nothing behind."
        )
    if parts.hostname in {"0.0.0.0", "::"}:  # noqa: S104 - compared, not bound
        raise BadSetting(
            f"{PREFIX}PUBLIC_URL: {settings.host} là mọi địa chỉ của máy; hãy ghi địa chỉ mà mọi người sẽ gõ. / "
            f"{settings.host} stands for every address; write the one that people will type."
        )
    reachable = [name for name in (settings.host, parts.hostname) if not is_loopback(name)]
    if reachable and not settings.https and not settings.plain_http:
        raise BadSetting(
            f"{reachable[0]} nhận kết nối từ máy khác qua HTTP không mã hóa. Hãy đặt {PREFIX}PUBLIC_URL=https://... "
            f"sau một proxy TLS, hoặc nếu đó là mạng riêng của hội trường và bạn chấp nhận: {PREFIX}PLAIN_HTTP=1 "
            f"(serve --hall). / {reachable[0]} would serve other machines over plain HTTP. Put a TLS proxy in front "
            f"and set {PREFIX}PUBLIC_URL=https://..., or, knowingly, on a hall network, {PREFIX}PLAIN_HTTP=1."
        )


def _check_sharing(settings: Settings) -> None:
    """What several servers must agree about is said to each of them, and never made up by the first."""
    if not settings.database_url.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
        raise BadSetting(
            f"{PREFIX}DATABASE_URL: hãy ghi sqlite:////đường-dẫn/tệp.db hoặc postgresql://người-dùng@máy/tên. / "
            "Write sqlite:////path/file.db or postgresql://user@host/name."
        )
    if settings.redis_url and not settings.redis_url.startswith(("redis://", "rediss://", "unix://")):
        raise BadSetting(f"{PREFIX}REDIS_URL: redis://máy:6379/0, rediss://… hoặc / or unix:///path/redis.sock.")
    if settings.redis_url and not settings.shared:
        raise BadSetting(
            f"{PREFIX}REDIS_URL: Redis chỉ nối các tiến trình dùng chung PostgreSQL; tệp SQLite chỉ có một tiến trình. "
            f"Hãy bỏ thiết lập này hoặc đặt {PREFIX}DATABASE_URL. / Redis connects processes that share PostgreSQL; an "
            f"SQLite file has one process. Leave it out, or set {PREFIX}DATABASE_URL."
        )
    if settings.shared and not settings.secret:
        raise BadSetting(
            f"{PREFIX}SECRET: nhiều máy chủ dùng chung PostgreSQL phải có cùng một bí mật; hãy đặt ít nhất 32 ký tự "
            "ngẫu nhiên, giống nhau ở mọi máy. / Servers that share PostgreSQL need the same secret: set at least 32 "
            "random characters, the same everywhere."
        )


def _check_provider(settings: Settings) -> None:
    """All that a sign-in by the identity provider needs, or nothing of it."""
    parts, given = urlsplit(settings.oidc_issuer), settings.oidc_secret_file != Path()
    if settings.oidc_claim not in OIDC_CLAIMS:
        raise BadSetting(f"{PREFIX}OIDC_CLAIM={settings.oidc_claim!r}: một trong / one of {', '.join(OIDC_CLAIMS)}.")
    if not settings.oidc_issuer:
        if settings.oidc_client or settings.oidc_secret or given:
            raise BadSetting(
                f"{PREFIX}OIDC_ISSUER: còn thiếu địa chỉ nơi xác thực. / The provider's address is missing."
            )
        return
    safe = parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname or ""))
    if not safe or not parts.hostname or parts.query or parts.fragment or parts.username:
        raise BadSetting(
            f"{PREFIX}OIDC_ISSUER={settings.oidc_issuer!r}: hãy ghi dạng https://ten-mien/duong-dan, đúng như nơi xác "
            "thực tự xưng. / Write it as https://host/path, exactly as the provider calls itself."
        )
    plain = (settings.oidc_client + settings.oidc_secret).isascii()
    if not plain or not settings.oidc_client or bool(settings.oidc_secret) == given:
        raise BadSetting(
            f"{PREFIX}OIDC_ISSUER: cần thêm {PREFIX}OIDC_CLIENT và một trong hai: {PREFIX}OIDC_SECRET hoặc "
            f"{PREFIX}OIDC_SECRET_FILE, không dấu. / Needs {PREFIX}OIDC_CLIENT and one of the two secrets, in ASCII."
        )


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the host."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
