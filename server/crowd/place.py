"""Where one page stands in the stream of changes, and whether the stream kept its word."""

from dataclasses import dataclass


@dataclass(slots=True)
class Place:
    """The position of a page by the rules of the wire (DESIGN, wire): every change names the position before it.

    `holes` are changes that must have been missed, `repeats` changes that came again, `strangers` positions of another
    life of the journal that were given without the whole page.
    """

    n: int = -1
    epoch: str = ""
    holes: int = 0
    repeats: int = 0
    strangers: int = 0
    _last: int | None = None  # the change before, on this line; None at its beginning and after a whole page

    def new_line(self) -> None:
        self._last = None

    def forget(self) -> None:
        """The next page must come whole."""
        self.n, self.epoch, self._last = -1, "", None

    def whole(self, n: int, epoch: str) -> None:
        self.n, self.epoch, self._last = n, epoch, None

    def change(self, after: int, n: int) -> bool:
        """Take a change; False when the page has a hole and must be fetched whole."""
        if n <= self.n:
            self.repeats += 1
            return True
        # On one line each change follows the one before exactly; the first may begin anywhere up to the page.
        if after > self.n or (self._last is not None and after != self._last):
            self.holes += 1
            return False
        self.n = self._last = n
        return True

    def caught_up(self, n: int, epoch: str) -> None:
        """Everything up to `n` was sent."""
        self.strangers += bool(self.epoch) and epoch != self.epoch
        self.n, self.epoch = max(n, self.n), epoch
