"""Static files under one version of the whole tree, so that they can be kept by browsers for ever.

Several files of one folder may travel as one: "css/base+forms.css" is css/base.css and then css/forms.css, and
"js/site+phone.js" is both with all that they import. On a far network every request waits for its turn and then for
an answer, which is seconds before a page is drawn. What explains them to us, comments and white space, stays here.
"""

import gzip
import hashlib
import json
from functools import lru_cache
from pathlib import Path, PurePosixPath

from rcssmin import cssmin
from rjsmin import jsmin

from server.rooms.weaving import weave

_JOINS_KEPT = 256
"""Answers kept ready, packed; there are some 130 files and a joined sheet or two for each page."""


class Assets:
    """The files under `web/static`, as they were at the start. `version` changes when any of them does."""

    def __init__(self, root: Path) -> None:
        self.root = root
        paths = [path for path in sorted(root.rglob("*")) if path.is_file()]
        self._files = {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}
        digest = hashlib.sha256()
        for name, content in self._files.items():
            digest.update(name.encode() + b"\0" + content)
        self.version = digest.hexdigest()[:12]
        self.packed = lru_cache(_JOINS_KEPT)(self._packed)

    def url(self, *names: str) -> str:
        """The address of a file, or of several files of one folder as one. A name that is not there: LookupError."""
        first, *others = names
        kind = PurePosixPath(first).suffix
        name = "+".join([first.removesuffix(kind), *(PurePosixPath(other).stem for other in others)]) + kind
        if parts(name) != names:
            raise LookupError(f"{', '.join(names)} do not lie in one folder")
        self._joined(name)
        return f"/static/{self.version}/{name}"

    def content(self, name: str) -> bytes:
        """What a browser gets under this name. Raises LookupError when a part is not there, or is named twice."""
        whole = self._joined(name)
        if name.startswith("vendor/"):
            return whole
        light = {".css": cssmin, ".js": jsmin}.get(PurePosixPath(name).suffix)
        return light(whole.decode()).encode() if light else whole

    def _joined(self, name: str) -> bytes:
        names = parts(name)
        if len(set(names)) < len(names) or not self._files.keys() >= set(names):
            raise LookupError(f"web/static has no {name}")
        if len(names) > 1 and name.endswith(".js"):
            return self._woven(names).encode()
        return b"\n".join(self._files[part] for part in names)

    def _packed(self, name: str) -> bytes:
        """The same, compressed: once, and not for each phone that comes."""
        return gzip.compress(self.content(name), 9, mtime=0)

    def _woven(self, names: tuple[str, ...]) -> str:
        bare = {name: module for module, name in self._modules.items()}
        sources = {module: self._files[name].decode() for module, name in self._modules.items()}
        return weave([bare[name] for name in names], sources)

    @property
    def _modules(self) -> dict[str, str]:
        """Files by the names that scripts import: "live/channel" is js/live/channel.js."""
        found = {}
        for name in self._files:
            if name.endswith((".js", ".mjs")):
                bare = name.rsplit(".", 1)[0].removesuffix(".esm").removesuffix(".min").removesuffix(".esm")
                found[bare.removeprefix("js/")] = name
        return found

    def import_map(self) -> str:
        """The import map: "live/channel" for js/live/channel.js, "vendor/x/y" for vendor/x/y.js."""
        addresses = {bare: self.url(name) for bare, name in self._modules.items()}
        return json.dumps({"imports": addresses}, sort_keys=True, separators=(",", ":"))


def parts(name: str) -> tuple[str, ...]:
    """The files that a name stands for: "css/base+forms.css" for css/base.css and css/forms.css."""
    folder, slash, file = name.rpartition("/")
    kind = PurePosixPath(file).suffix
    return tuple(f"{folder}{slash}{stem}{kind}" for stem in file.removesuffix(kind).split("+"))
