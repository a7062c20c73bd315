"""The only clock and the only dice."""

import re
from datetime import timedelta

from server import clock


def test_now_is_in_utc():
    assert clock.now().utcoffset() == timedelta(0)


def test_a_token_can_be_read_aloud():
    tokens = {clock.token() for _ in range(1000)}
    assert len(tokens) == 1000
    # Crockford's base 32: no letter that looks or sounds like a digit or another letter.
    assert all(re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}", token) for token in tokens)


def test_secrets_are_long_and_fit_a_cookie():
    assert all(re.fullmatch(r"[\w-]{43}", clock.secret()) for _ in range(100))
    assert all(re.fullmatch(r"[\w-]{22}", clock.epoch()) for _ in range(100))
    assert len({clock.salt() for _ in range(100)}) == 100
    assert len(clock.salt()) == 16
