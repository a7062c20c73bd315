"""A photo from a stranger, redrawn: a process of its own, for a picture may be broken, endless or made to harm.

`python -m server.photos.reading < FILE` writes one line of JSON (the sizes, or what is wrong) and then the pictures,
large and small. What goes out are pixels drawn anew as JPEG: no place, camera, comment or profile comes along.
"""

import io
import json
import resource
import sys
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

KINDS = ("JPEG", "PNG", "WEBP")
MEMORY = 1 << 30
"""Bytes of address space: a picture that needs more is no photo from a phone."""
SECONDS = 15
"""Of CPU. A photo of 50 megapixels takes about one."""
JPEG_PIXELS = 120_000_000
"""JPEG is read at a half, a quarter or an eighth of its size, so a large one costs little."""
OTHER_PIXELS = 40_000_000
"""PNG and WebP are read whole."""
SIDE, SMALL_SIDE = 1600, 320
"""Pixels of the longer side: enough to read a letter by, and enough to know what it is."""
BYTES = 300_000
WAYS = ((SIDE, 82), (SIDE, 70), (SIDE, 58), (1280, 58), (1024, 52), (800, 45), (640, 35))
"""Longer side and quality, tried in this order until the large one fits."""


class NotAPhoto(Exception):
    """The file is no picture of a known kind, or breaks off."""


class TooLarge(Exception):
    """More pixels than are read."""


def redrawn(file: bytes) -> tuple[bytes, bytes]:
    """The photo in two sizes, as JPEG. Raises NotAPhoto, TooLarge; a fault of the decoder raises whatever it raises."""
    picture = _upright(_opened(file))
    made = b""
    for side, quality in WAYS:
        made = _jpeg(_fitted(picture, side), quality)
        if len(made) <= BYTES:
            break
    return made, _jpeg(_fitted(picture, SMALL_SIDE), 70)


def _opened(file: bytes) -> Image.Image:
    try:
        picture = Image.open(io.BytesIO(file), formats=KINDS)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as why:
        raise NotAPhoto from why
    if picture.width * picture.height > (JPEG_PIXELS if picture.format == "JPEG" else OTHER_PIXELS):
        raise TooLarge
    picture.draft("RGB", (2 * SIDE, 2 * SIDE))
    try:
        picture.load()
    except (OSError, SyntaxError, ValueError) as why:
        raise NotAPhoto from why
    return picture


def _upright(picture: Image.Image) -> Image.Image:
    """Turned as the camera was held, on white where it was transparent, as pixels that know nothing of their file."""
    turned = ImageOps.exif_transpose(picture)
    fresh = Image.new("RGB", turned.size, "white")
    seen = turned.convert("RGBA") if turned.mode in {"RGBA", "LA", "PA"} or "transparency" in turned.info else None
    fresh.paste(seen or turned.convert("RGB"), mask=seen)
    return fresh


def _fitted(picture: Image.Image, side: int) -> Image.Image:
    share = min(1.0, side / max(picture.size))
    width, height = (max(1, round(length * share)) for length in picture.size)
    return picture.resize((width, height), Image.Resampling.LANCZOS)


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return out.getvalue()


def main() -> None:
    """Read standard input within the limits and answer on standard output."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    Image.MAX_IMAGE_PIXELS = None  # judged by kind above, before anything is unpacked
    warnings.simplefilter("ignore")  # a file's oddities concern nobody: what counts is whether it can be drawn
    try:
        large, small = redrawn(sys.stdin.buffer.read())
    except (NotAPhoto, TooLarge, MemoryError) as why:
        told: dict[str, str | int] = {"wrong": "not_a_photo" if isinstance(why, NotAPhoto) else "too_large"}
        large = small = b""
    else:
        told = {"large": len(large), "small": len(small)}
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + large + small)


if __name__ == "__main__":
    main()
