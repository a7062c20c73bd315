"""What others wrote lies in vendor/ with its licence, byte for byte as its checksum says.

`web/static/vendor/<part>/` holds one part and its LICENSE; `web/static/vendor/CHECKSUMS` is `sha256sum`'s own format,
so that anybody can check it: cd web/static/vendor && sha256sum -c CHECKSUMS
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rules.tree import ROOT, files, plant

VENDORS = ["web/static/vendor", "tests/vendor"]
_SUMS = "CHECKSUMS"


def is_licence(path: Path) -> bool:
    return path.name.upper().startswith(("LICENSE", "LICENCE", "OFL", "COPYING"))


def has_licence(path: Path, vendor: Path) -> bool:
    """A licence in the folder of the part, or beside a lone file: morph.js and morph.LICENSE."""
    if path.parent == vendor:
        part = path.name.split(".")[0]
        return any(other.name.split(".")[0] == part and "LICEN" in other.name.upper() for other in vendor.iterdir())
    part_folder = vendor / path.relative_to(vendor).parts[0]
    return any(is_licence(other) for other in files(part_folder, vendored=True))


def written_sums(vendor: Path) -> dict[str, str]:
    lines = (vendor / _SUMS).read_text(encoding="utf-8").splitlines() if (vendor / _SUMS).exists() else []
    pairs = [line.split(maxsplit=1) for line in lines if line.strip() and not line.startswith("#")]
    return {name.removeprefix("*").removeprefix("./"): digest for digest, name in pairs}


def wrong_parts(vendor: Path) -> list[str]:
    return list(_wrong_parts(vendor))


def _wrong_parts(vendor: Path) -> Iterator[str]:
    present = {path.relative_to(vendor).as_posix(): path for path in files(vendor, vendored=True) if path.name != _SUMS}
    sums = written_sums(vendor)
    if not present:
        yield f"{vendor.name}/ is missing or empty"
    for name, path in present.items():
        if name not in sums:
            yield f"{name} has no checksum in {_SUMS}"
        elif hashlib.sha256(path.read_bytes()).hexdigest() != sums[name]:
            yield f"{name} differs from its checksum"
        if not is_licence(path) and ".LICEN" not in path.name.upper() and not has_licence(path, vendor):
            yield f"{name} has no licence file"
    yield from (f"{name} is in {_SUMS} only" for name in sums.keys() - present.keys())


@pytest.mark.parametrize("vendor", VENDORS)
def test_every_vendored_part_is_licensed_and_unchanged(vendor):
    assert wrong_parts(ROOT / vendor) == []


def good_vendor(root: Path) -> Path:
    vendor = root / "vendor"
    parts = [plant(vendor, "morph/morph.js", "export {}"), plant(vendor, "morph/LICENSE", "0BSD")]
    sums = [f"{hashlib.sha256(part.read_bytes()).hexdigest()}  {part.relative_to(vendor)}\n" for part in parts]
    plant(vendor, _SUMS, "".join(sums))
    return vendor


def test_a_good_part_passes(tmp_path):
    assert wrong_parts(good_vendor(tmp_path)) == []


def test_no_part_at_all_is_reported(tmp_path):
    assert wrong_parts(tmp_path / "vendor") == ["vendor/ is missing or empty"]


def test_a_changed_part_is_reported(tmp_path):
    vendor = good_vendor(tmp_path)
    plant(vendor, "morph/morph.js", "export {} // a small improvement")
    assert wrong_parts(vendor) == ["morph/morph.js differs from its checksum"]


def test_an_unlisted_part_without_licence_is_reported_twice(tmp_path):
    vendor = good_vendor(tmp_path)
    plant(vendor, "drag/drag.js", "export {}")
    assert wrong_parts(vendor) == ["drag/drag.js has no checksum in CHECKSUMS", "drag/drag.js has no licence file"]


def test_a_lost_part_is_reported(tmp_path):
    vendor = good_vendor(tmp_path)
    (vendor / "morph/morph.js").unlink()
    assert wrong_parts(vendor) == ["morph/morph.js is in CHECKSUMS only"]
