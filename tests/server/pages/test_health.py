"""Health, readiness and numbers for those who run the server; static files for everybody."""

import pytest

from server.pages import health
from server.rooms.ears import Ear
from server.rooms.room import Room
from tests.cast import SECRETARY
from tests.serving import Served
from tests.visitors import Visitor, browser


def test_alive_and_ready(served: Served):
    with browser(served) as visitor:
        assert visitor.get("/healthz").text == "ok\n"
        assert visitor.get("/readyz").text == "ready\n"


def test_a_server_without_room_for_the_evening_is_not_ready(served: Served, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(health, "LEAST_FREE", 1 << 60)
    with browser(served) as visitor:
        assert visitor.get("/readyz").status_code == 503
        assert visitor.get("/healthz").status_code == 200


def test_the_numbers_tell_what_is_going_on(served: Served, room: Room):
    with Visitor(served) as phone:
        phone.next("caught_up")
        with browser(served) as prometheus:
            numbers = prometheus.get("/metrics").text
    assert f'doithoai_entries{{dialogue="TEST01"}} {room.n:.1f}' in numbers
    assert 'doithoai_listeners{audience="phone",dialogue="TEST01"} 1.0' in numbers
    assert 'doithoai_recogniser{state="absent"} 1.0' in numbers
    assert f'doithoai_framed_total{{dialogue="TEST01"}} {room.fanout.counted.framed:.1f}' in numbers
    assert 'doithoai_cut_total{dialogue="TEST01"} 0.0' in numbers
    assert "\ndoithoai_loop_lag_seconds " in numbers


def test_the_numbers_tell_what_is_recorded(served: Served, room: Room):
    listening = served.parts.listening
    ear = served.run(listening.begin(room, "hall", SECRETARY))
    assert isinstance(ear, Ear)
    served.run(listening.take(ear, 0, bytes(2 * 48_000)))
    hall = '{dialogue="TEST01",source="hall"}'
    with browser(served) as prometheus:
        numbers = prometheus.get("/metrics").text
        assert f"doithoai_recorded_seconds{hall} 3.0" in numbers
        assert f"doithoai_recognition_lag_seconds{hall} 0.0" in numbers
        assert f"doithoai_microphone{hall} 1.0" in numbers
        assert "doithoai_recogniser_lives 0.0" in numbers
        assert float(numbers.split("\ndoithoai_sound_hours_left ")[1].split("\n")[0]) > 0
        taken = sum(path.stat().st_size for path in (served.settings.data_dir / "sound").rglob("*.*"))
        assert f"\ndoithoai_sound_bytes {float(taken):.1f}\n" in numbers
        assert taken >= 96_000
        served.run(listening.stop(ear, SECRETARY))
        assert f"doithoai_microphone{hall} 0.0" in prometheus.get("/metrics").text


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded"])
def test_a_proxy_does_not_open_the_numbers_to_the_world(served: Served, header: str):
    with browser(served, **{header: "for=203.0.113.9"}) as outside:
        assert outside.get("/metrics").status_code == 404


def test_a_setting_opens_them(tmp_path):
    with Served(tmp_path, open_metrics=True) as served, browser(served, **{"X-Forwarded-For": "10.0.0.9"}) as outside:
        assert outside.get("/metrics").status_code == 200


def test_static_files_are_kept_for_ever_under_their_version_only(served: Served):
    version = served.parts.render.assets.version
    with browser(served) as visitor:
        kept = visitor.get(f"/static/{version}/css/base.css")
        assert "immutable" in kept.headers["cache-control"]
        assert kept.headers["content-encoding"] == "gzip"
        assert visitor.get("/static/old/css/base.css").headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("name", ["../templates/layout.html", "..%2f..%2fserver%2fapp.py", "css", ""])
def test_nothing_else_is_served(served: Served, name: str):
    with browser(served) as visitor:
        assert visitor.get(f"/static/x/{name}").status_code == 404
