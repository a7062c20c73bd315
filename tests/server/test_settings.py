"""Settings are read once, checked with sentences, and plain HTTP beyond this machine is a knowing choice."""

from pathlib import Path

import pytest

from server.settings import BadSetting, Settings, is_loopback, read, unknown

EVERYWHERE = "0.0.0.0"  # noqa: S104 - nothing is bound here


def test_without_any_variable_the_server_is_for_this_machine():
    settings = read({})
    assert (settings.host, settings.port, settings.https) == ("127.0.0.1", 8000, False)
    assert settings.public_url == "http://127.0.0.1:8000"
    assert settings.database_url == f"sqlite:///{settings.data_dir / 'doithoai.db'}"
    assert settings.data_dir.is_absolute()


def test_each_kind_of_value_is_read():
    settings = read(
        {
            "DOITHOAI_DATA_DIR": "/srv/d",
            "DOITHOAI_PORT": " 8080 ",
            "DOITHOAI_PUBLIC_URL": "https://Doithoai.Example.vn/",
            "DOITHOAI_TRUSTED_PROXIES": "10.0.0.1, 192.168.0.0/24",
            "DOITHOAI_OPEN_METRICS": "yes",
            "DOITHOAI_OVERLAY_ORIGINS": "https://tinh.example.vn, http://127.0.0.1:8080",
            "OTHER_PORT": "x",
        }
    )
    assert settings.data_dir == Path("/srv/d")
    assert settings.port == 8080
    assert settings.public_url == "https://doithoai.example.vn"
    assert settings.trusted_proxies == ("10.0.0.1", "192.168.0.0/24")
    assert settings.open_metrics
    assert settings.overlay_origins == ("https://tinh.example.vn", "http://127.0.0.1:8080")


@pytest.mark.parametrize(
    "name, value",
    [
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "-1"),
        ("PORT", "８０"),
        ("PORT", ""),
        ("OPEN_METRICS", "perhaps"),
        ("SESSION_HOURS", "0"),
        ("SESSION_HOURS", "721"),
        ("LOG_LEVEL", "loud"),
        ("SECRET", "short"),
        ("POLISH", "numbers, sparkle"),
        ("TRUSTED_PROXIES", "proxy.example.vn"),
        ("OVERLAY_ORIGINS", "tinh.example.vn"),
        ("OVERLAY_ORIGINS", "https://tinh.example.vn/trang"),
        ("OVERLAY_ORIGINS", "https://a.example.vn, https://*"),
        ("OVERLAY_ORIGINS", "https://x; script-src *"),
        ("OVERLAY_ORIGINS", "https://Tinh.example.vn"),
        ("LONGEST_FILE_HOURS", "0"),
        ("LONGEST_FILE_HOURS", "25"),
        ("PUBLIC_URL", "doithoai.example.vn"),
        ("PUBLIC_URL", "ftp://example.vn"),
        ("PUBLIC_URL", "https://example.vn/doithoai"),
        ("PUBLIC_URL", "https://me@example.vn"),
        ("PUBLIC_URL", "http://0.0.0.0:8000"),
        ("DATABASE_URL", "mysql://db/doithoai"),
        ("DATABASE_URL", "postgres://db/doithoai"),
        ("REDIS_URL", "http://redis"),
        ("REDIS_URL", "redis://redis"),  # beside an SQLite file, which has one process
    ],
)
def test_a_wrong_value_is_refused_with_its_name(name, value):
    with pytest.raises(BadSetting, match=name):
        read({f"DOITHOAI_{name}": value})


@pytest.mark.parametrize(
    "asked",
    [
        {"DOITHOAI_HOST": "192.168.1.5"},
        {"DOITHOAI_PUBLIC_URL": "http://doithoai.local:8000"},
        {"DOITHOAI_HOST": EVERYWHERE, "DOITHOAI_PUBLIC_URL": "http://127.0.0.1:8000"},
        {"DOITHOAI_HOST": "::", "DOITHOAI_PUBLIC_URL": "http://localhost:8000"},
    ],
)
def test_plain_http_for_other_machines_needs_a_knowing_yes(asked):
    with pytest.raises(BadSetting, match="PLAIN_HTTP"):
        read(asked)
    assert not read(asked | {"DOITHOAI_PLAIN_HTTP": "1"}).https


def test_behind_tls_any_address_may_be_bound():
    assert read({"DOITHOAI_HOST": EVERYWHERE, "DOITHOAI_PUBLIC_URL": "https://example.vn"}).https


def test_over_tls_only_the_public_origin_may_send():
    settings = Settings(public_url="https://example.vn")
    assert settings.origins == {"https://example.vn"}
    assert "127.0.0.1:8000" in settings.hosts


def test_a_variable_that_is_no_setting_is_named_with_the_one_that_was_meant():
    (told,) = unknown({"DOITHOAI_PROT": "1", "DOITHOAI_PORT": "1", "PATH": "x"})
    assert "DOITHOAI_PROT" in told
    assert "DOITHOAI_PORT?" in told


def test_the_secret_is_never_shown():
    assert "s" * 40 not in repr(Settings(secret="s" * 40))


@pytest.mark.parametrize(
    "host, only_here",
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("localhost", True),
        ("10.0.0.1", False),
        ("a.vn", False),
    ],
)
def test_loopback_is_known(host, only_here):
    assert is_loopback(host) is only_here


def test_several_servers_share_a_database_and_a_secret():
    shared = {"DOITHOAI_DATABASE_URL": "postgresql://me:word@db/doithoai", "DOITHOAI_SECRET": "x" * 32}
    settings = read(shared | {"DOITHOAI_REDIS_URL": "redis://:word@cache/0", "DOITHOAI_SOUND": "0"})
    assert settings.shared
    assert not settings.sound
    assert "word" not in repr(settings)
    assert not read({}).shared
    with pytest.raises(BadSetting, match="DOITHOAI_SECRET"):
        read({"DOITHOAI_DATABASE_URL": "postgresql://db/doithoai"})


PROVIDER = {
    "DOITHOAI_OIDC_ISSUER": "https://xacthuc.example.vn/tinh",
    "DOITHOAI_OIDC_CLIENT": "doithoai",
    "DOITHOAI_OIDC_SECRET": "a-secret-of-the-province",
}


def test_an_identity_provider_is_whole_or_not_there():
    assert read({}).oidc_issuer == ""
    settings = read(PROVIDER)
    assert settings.oidc_issuer == "https://xacthuc.example.vn/tinh"
    assert settings.oidc_claim == "preferred_username"
    assert "a-secret" not in repr(settings)
    assert read(PROVIDER | {"DOITHOAI_OIDC_ISSUER": "http://127.0.0.1:9400"}).oidc_client == "doithoai"


@pytest.mark.parametrize(
    "other",
    [
        {"OIDC_ISSUER": ""},
        {"OIDC_ISSUER": "http://xacthuc.example.vn"},
        {"OIDC_ISSUER": "xacthuc.example.vn"},
        {"OIDC_ISSUER": "https://me@xacthuc.example.vn"},
        {"OIDC_ISSUER": "https://xacthuc.example.vn?tinh=1"},
        {"OIDC_CLIENT": ""},
        {"OIDC_SECRET": ""},
        {"OIDC_SECRET": "bí mật"},
        {"OIDC_SECRET_FILE": "/etc/doithoai/provider"},
        {"OIDC_CLAIM": "sub"},
    ],
)
def test_half_an_identity_provider_stops_the_start(other: dict[str, str]):
    with pytest.raises(BadSetting, match="OIDC"):
        read(PROVIDER | {f"DOITHOAI_{name}": value for name, value in other.items()})
