"""Static files under one version of the whole tree, so that they can be kept by browsers for ever."""

import hashlib
import json
from pathlib import Path


class Assets:
    """The files under `web/static`. `version` changes when any of them does."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._files = {path.relative_to(root).as_posix(): path for path in sorted(root.rglob("*")) if path.is_file()}
        digest = hashlib.sha256()
        for name, path in self._files.items():
            digest.update(name.encode() + b"\0" + path.read_bytes())
        self.version = digest.hexdigest()[:12]

    def url(self, name: str) -> str:
        """The address of a file; a name that is not there is a mistake in a template, said at once."""
        if name not in self._files:
            raise LookupError(f"web/static has no file {name}")
        return f"/static/{self.version}/{name}"

    def import_map(self) -> str:
        """The import map: "live/channel" for js/live/channel.js, "vendor/x/y" for vendor/x/y.js."""
        names = {}
        for name in self._files:
            if name.endswith((".js", ".mjs")):
                bare = name.rsplit(".", 1)[0].removesuffix(".esm").removesuffix(".min").removesuffix(".esm")
                names[bare.removeprefix("js/")] = self.url(name)
        return json.dumps({"imports": names}, sort_keys=True, separators=(",", ":"))
