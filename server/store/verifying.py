"""Checking a journal from the first byte: what was changed, left out, put in or moved is named."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection, Row, select

from server.store import photos, tables
from server.store.agreement import disagreements
from server.store.chain import Head, Stored, Tip, signed
from server.store.codec import SealedRow, digests


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong, in which dialogue, at which entry (0: the dialogue as a whole). `what` is in both languages."""

    code: str
    n: int
    what: str

    def __str__(self) -> str:
        return f"{self.code} entry {self.n}: {self.what}" if self.n else f"{self.code}: {self.what}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One dialogue, checked. `flaw` is the first one, if any; `root` is the hash to compare with a published one."""

    code: str
    n: int
    root: bytes
    flaw: Flaw | None


def verify(
    connection: Connection, key: Ed25519PublicKey, known: Mapping[tuple[str, int], bytes] | None = None
) -> list[Verdict]:
    """Check every dialogue: leaves, chain, signed heads, sealed texts, receipts and lists.

    `known` holds roots that were noted elsewhere, (code, n) -> root: only they show that a whole tail was cut off,
    or that somebody with the key wrote a second history.
    """
    columns = tables.dialogues.c
    rows = connection.execute(select(columns.id, columns.code, columns.anchor, columns.n).order_by(columns.id)).all()
    return [_verdict(Check(connection, row, key, known or {})) for row in rows]


def _verdict(check: "Check") -> Verdict:
    code = check.dialogue.code
    try:
        flaw = next(check.flaws(), None)
    except (ValueError, TypeError, AttributeError) as problem:  # a column holds what it never could
        flaw = Flaw(code, check.tip.n + 1, f"không đọc được / cannot be read: {problem}")
    return Verdict(code, check.tip.n, check.tip.frontier.root(), flaw)


class Check:
    """One walk along one dialogue."""

    def __init__(
        self,
        connection: Connection,
        dialogue: Row[int, str, bytes, int],
        key: Ed25519PublicKey,
        known: Mapping[tuple[str, int], bytes],
    ) -> None:
        self.connection = connection
        self.dialogue = dialogue
        self.key = key
        self.known = {n: root for (code, n), root in known.items() if code == dialogue.code}
        self.tip = Tip(dialogue.anchor)
        self.cited: dict[bytes, int] = {}
        self.previous_head = 0

    def flaws(self) -> Iterator[Flaw]:
        """Everything that is wrong, entry by entry, then what belongs to no entry."""
        heads = {row.n: row for row in self._rows(tables.heads)}
        for row in self._rows(tables.entries):
            yield from self._entry(row)
            yield from self._head(heads.pop(row.n, None), row.n)
        for n in heads:
            yield self._flaw(n, "có chữ ký mà thiếu dòng", "a signed head without its entry: the entry is missing")
        if self.previous_head != self.tip.n:
            yield self._flaw(self.tip.n, "dòng cuối chưa được ký", "the last entry is under no signed head")
        if self.dialogue.n != self.tip.n:
            yield self._flaw(
                0,
                f"ghi là có {self.dialogue.n} dòng, thực có {self.tip.n}",
                f"says it has {self.dialogue.n} entries, but has {self.tip.n}",
            )
        for n in self.known.keys() - range(self.tip.n + 1):
            yield self._flaw(
                n,
                "gốc của dòng này đã được ghi lại ở nơi khác, nhưng sổ kết thúc trước đó",
                "a root was noted for this entry, but the journal ends before it",
            )
        yield from self._texts()
        for n, vi, en in photos.flaws(self.connection, self.dialogue.id):
            yield self._flaw(n, vi, en)
        for what in disagreements(self.connection, self.dialogue.id):
            yield self._flaw(0, *what)

    def _entry(self, row: Row[Any]) -> Iterator[Flaw]:
        expected = self.tip.n + 1
        if row.n != expected:
            yield self._flaw(
                expected, f"thiếu, dòng {row.n} đứng vào chỗ đó", f"missing: entry {row.n} stands in its place"
            )
        stored = Stored(row.n, row.at, row.seat, row.kind, row.body)
        leaf = stored.leaf()
        self.tip = self.tip.after(leaf)
        if row.leaf != leaf:
            yield self._flaw(row.n, "nội dung đã bị sửa", "its content was changed")
        if row.chain != self.tip.chain:
            yield self._flaw(row.n, "không nối tiếp các dòng trước", "it does not follow from the entries before it")
        self.cited |= dict.fromkeys(digests(row.body), row.n)

    def _head(self, row: Row[Any] | None, n: int) -> Iterator[Flaw]:
        root = self.tip.frontier.root()
        if self.known.get(n, root) != root:
            yield self._flaw(
                n,
                "gốc ghi ở nơi khác không khớp, sổ đã bị viết lại từ dòng này hoặc trước đó",
                "the root noted elsewhere is another: history was rewritten at or before this entry",
            )
        if row is None:
            return
        if row.root != root:
            yield self._flaw(n, "gốc đã ký là của các dòng khác", "the signed root is of other entries")
        if not signed(self.key, self.dialogue.anchor, self.previous_head, Head(n, row.root, row.signature, row.at)):
            yield self._flaw(
                n,
                "chữ ký không khớp, hoặc thiếu chữ ký trước đó",
                "the signature of the head does not fit, or the head before it is missing",
            )
        self.previous_head = n

    def _texts(self) -> Iterator[Flaw]:
        present = {row.digest: SealedRow(row.digest, row.salt, row.text) for row in self._rows(tables.sealed_texts)}
        for digest, n in self.cited.items():
            text = present.pop(digest, None)
            if text is None:
                yield self._flaw(n, "thiếu một văn bản đã niêm", "the row of a sealed text is missing")
            elif not text.holds():
                yield self._flaw(
                    n, "một văn bản không phải bản đã niêm", "a sealed text is not the one that was sealed"
                )
        if present:
            yield self._flaw(
                0,
                f"{len(present)} văn bản niêm không thuộc dòng nào",
                f"{len(present)} sealed texts belong to no entry",
            )

    def _rows(self, table: Any) -> Sequence[Row[Any]]:
        own = select(table).where(table.c.dialogue_id == self.dialogue.id)
        return self.connection.execute(own.order_by(*table.primary_key.columns)).all()

    def _flaw(self, n: int, vi: str, en: str) -> Flaw:
        return Flaw(self.dialogue.code, n, f"{vi} / {en}")
