"""The tree as the rules see it: which files there are, and what a Python file says.

A rule is a function from a root to findings, each one line that names the file and what to do. So each rule is run on
this tree, and on a small bad one in `tmp_path` that shows it can fail.
"""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("live", "server", "transcription")

_NOT_OURS = {"__pycache__", "node_modules", "build", "dist"}
_HIDDEN_BUT_OURS = {".ci"}


def files(root: Path, *suffixes: str, under: str = "", vendored: bool = False) -> Iterator[Path]:
    """Our own files in order; vendored ones only on demand. `data/` at the root is a running server's, not ours."""
    for path in sorted((root / under).iterdir()) if (root / under).is_dir() else []:
        if path.is_dir():
            if _is_ours(path, root) and (vendored or path.name != "vendor"):
                yield from files(root, *suffixes, under=str(path.relative_to(root)), vendored=vendored)
        elif path.name != ".git" and (not suffixes or path.suffix in suffixes):  # a file in a linked work tree
            yield path


def _is_ours(path: Path, root: Path) -> bool:
    if path.name.startswith("."):
        return path.name in _HIDDEN_BUT_OURS
    return path.name not in _NOT_OURS and path != root / "data" and not path.name.endswith(".egg-info")


def python(root: Path, *packages: str, naming: str = "") -> Iterator[tuple[str, ast.Module]]:
    """Each Python file of the packages (all without any) as its path from the root and its syntax tree.

    With `naming`, a pattern, only of files that hold such words: to parse a thousand files takes a second.
    """
    for package in packages or ("",):
        for path in files(root, ".py", under=package):
            source = path.read_text(encoding="utf-8")
            if re.search(naming, source):
                name = path.relative_to(root).as_posix()
                yield name, ast.parse(source, filename=name)


def statements(tree: ast.AST) -> Iterator[ast.AST]:
    """Every statement at any depth, with the clauses of `try` and `match`; not the expressions, which are the most."""
    for part in ("body", "handlers", "cases", "orelse", "finalbody"):
        for node in getattr(tree, part, ()):
            yield node
            yield from statements(node)


def comments(path: Path) -> Iterator[tuple[int, str]]:
    """Line number and text of each comment, told apart from strings that look like one."""
    source = path.read_text(encoding="utf-8")
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def texts(root: Path) -> Iterator[tuple[str, list[str]]]:
    """Each file that is text, as its path from the root and its lines."""
    for path in files(root):
        raw = path.read_bytes()
        if b"\0" not in raw:
            yield path.relative_to(root).as_posix(), raw.decode("utf-8", errors="replace").splitlines()


def plant(root: Path, name: str, text: str) -> Path:
    """Write one file of a bad tree."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path
