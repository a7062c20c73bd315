"""Two people write the same thing: who saves says what they saw (`was`), and whoever comes second is told."""

from live.refusals import Code, Refused, refuse

_BASIS, _PRIME, _BITS = 0xCBF29CE484222325, 0x100000001B3, 2**64 - 1
"""FNV-1a, 64 bits: enough to tell two texts apart that people wrote; nobody is kept from anything by it."""


def mark(*said: object) -> str:
    """Tells one state of a thing from another, in sixteen hexadecimal digits."""
    found = _BASIS
    for byte in "\x1f".join(map(str, said)).encode():
        found = (found ^ byte) * _PRIME & _BITS
    return f"{found:016x}"


def changed_since(was: str, now: str, current: str) -> Refused | None:
    """The refusal when the thing is not any more as it was seen; `current` is how it reads now.

    An empty `was` asks for no comparison: programs that set a thing to what they say need not have looked.
    """
    return refuse(Code.STALE, current=current, seen=now) if was and was != now else None
