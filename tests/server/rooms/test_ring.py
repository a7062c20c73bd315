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
    assert replay == (missed if since >= ring.floor else None)


def test_old_frames_are_dropped_and_the_floor_rises() -> None:
    ring = Ring(0)
    for n in range(1, FRAMES + 11):
        ring.add(n, b"x")
    assert ring.floor == 10
    assert ring.since(9) is None
    assert len(ring.since(10) or []) == FRAMES


def test_a_ring_never_holds_more_than_its_bytes() -> None:
    ring = Ring(0)
    for n in range(1, 20):
        ring.add(n, b"x" * (BYTES // 4))
    assert sum(map(len, ring.since(ring.floor) or [])) <= BYTES
