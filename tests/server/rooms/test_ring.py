from hypothesis import given
from hypothesis import strategies as st

from server.rooms.ring import BYTES, FRAMES, Ring


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 3_000)), max_size=60), st.integers(0, 400))
def test_a_replay_is_whole_or_not_at_all(steps: list[tuple[int, int]], since: int) -> None:
    ring, sent, n = Ring(0), [], 0
    for gap, size in steps:
        n += gap
        frame = n.to_bytes(4, "big") * size
        ring.add(n, frame)
        sent.append((n, frame))
    replay = ring.since(since)
    missed = [frame for number, frame in sent if number > since]
    assert replay == (b"".join(missed) if since >= ring.floor else None)


def test_old_frames_are_dropped_and_the_floor_rises() -> None:
    ring = Ring(0)
    for n in range(1, FRAMES + 11):
        ring.add(n, b"x")
    assert ring.floor == 10
    assert ring.since(9) is None
    assert len(ring.since(10) or b"") == FRAMES


def test_a_ring_never_holds_more_than_its_bytes() -> None:
    ring = Ring(0)
    for n in range(1, 20):
        ring.add(n, b"x" * (BYTES // 4))
    assert len(ring.since(ring.floor) or b"") <= BYTES


@given(st.lists(st.sets(st.sampled_from("abc")), max_size=20), st.sampled_from("abc"), st.integers(0, 25))
def test_what_is_forgotten_is_in_no_replay_and_replays_stay_whole(shown: list[set[str]], key: str, since: int) -> None:
    ring = Ring(0)
    for n, keys in enumerate(shown, 1):
        ring.add(n, f"{n}:{sorted(keys)}".encode(), frozenset(keys))
    ring.forget(frozenset(key))
    replay = ring.since(since)
    missed = [f"{n}:{sorted(keys)}".encode() for n, keys in enumerate(shown, 1) if n > since]
    taken_back = any(key in keys for keys in shown[since:])
    assert replay == (None if taken_back or since < ring.floor else b"".join(missed))
    assert ring.floor == max((n for n, keys in enumerate(shown, 1) if key in keys), default=0)
