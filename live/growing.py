"""A mapping that is a value and grows: ten thousand questions must not be copied for the next one."""

from collections.abc import ItemsView, Iterator, KeysView, Mapping, ValuesView
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")

FEW = 32
"""What was put lately and is copied each time, at the least; of a large mapping it is the root of its size."""


class Growing(Mapping[K, V]):
    """As a dict that is never changed: `put` gives another one. Walked through in the order of the first puts.

    What was put lately lies over a dict. The two are folded into a new one now and then, and before anybody walks
    through all of it. Folding changes no content: a thread that reads meanwhile finds the same, for the lower one is
    changed first and read last.
    """

    __slots__ = ("_over", "_size", "_under")

    def __init__(self, content: Mapping[K, V] | None = None) -> None:
        self._under: dict[K, V] = dict(content or {})
        self._over: dict[K, V] = {}
        self._size = len(self._under)

    def put(self, key: K, value: V) -> "Growing[K, V]":
        """The same with this value under this key."""
        grown: Growing[K, V] = Growing.__new__(Growing)
        grown._over = {**self._over, key: value}
        grown._under = self._under
        grown._size = self._size + (key not in self)
        if len(grown._over) > FEW and len(grown._over) ** 2 > len(grown._under):
            grown.folded()
        return grown

    def changed_since(self, before: "Growing[K, V]") -> set[K]:
        """The keys under which another thing lies, be it an equal one, and those that one of the two has not got."""
        if self is before:
            return set()
        now, then = self.folded(), before.folded()
        changed = {key for key, value in now.items() if key not in then or then[key] is not value}
        return changed if len(now) == len(then) + len(changed - then.keys()) else changed | (then.keys() - now.keys())

    def folded(self) -> Mapping[K, V]:
        """All of it as one mapping."""
        return self._fold()

    def _fold(self) -> dict[K, V]:
        if over := self._over:
            self._under = {**self._under, **over}
            self._over = {}
        return self._under

    def __getitem__(self, key: K) -> V:
        over = self._over
        return over[key] if key in over else self._under[key]

    def __contains__(self, key: object) -> bool:
        return key in self._over or key in self._under

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[K]:
        return iter(self._fold())

    def keys(self) -> KeysView[K]:
        return self._fold().keys()

    def values(self) -> ValuesView[V]:
        return self._fold().values()

    def items(self) -> ItemsView[K, V]:
        return self._fold().items()

    def __repr__(self) -> str:
        return f"Growing({self._fold()!r})"
