"""Photos good and bad: what comes out are pixels and nothing else, and what is bad costs its own reader only."""

import asyncio
import io
import struct
import zlib

import pytest
from PIL import Image, ImageDraw

from live.refusals import Code, Refused
from server.photos import redrawing
from server.photos.reading import BYTES, SIDE, SMALL_SIDE
from server.photos.redrawing import Redrawing, Redrawn
from server.rooms.turn import Busy

pytestmark = pytest.mark.slow

EXIF_ORIENTATION, EXIF_MAKE, EXIF_GPS = 0x0112, 0x010F, 0x8825


def pixels(width: int = 800, height: int = 600) -> Image.Image:
    """A red field with a blue corner at the top left."""
    picture = Image.new("RGB", (width, height), (200, 30, 30))
    ImageDraw.Draw(picture).rectangle((0, 0, width // 4, height // 4), fill=(20, 40, 220))
    return picture


def file(picture: Image.Image, kind: str = "JPEG", **more) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **more)
    return out.getvalue()


def with_place() -> bytes:
    """As a phone writes it: held sideways, with its make, the place, a comment and a preview."""
    exif = Image.Exif()
    exif[EXIF_ORIENTATION] = 6
    exif[EXIF_MAKE] = "SECRETPHONE"
    exif.get_ifd(EXIF_GPS).update({1: "N", 2: (12.0, 34.0, 56.0), 3: "E", 4: (108.0, 3.0, 21.0)})
    return file(pixels(), exif=exif, comment=b"SECRETCOMMENT", icc_profile=b"SECRETPROFILE" * 20)


def png_of_size(width: int, height: int) -> bytes:
    """A PNG that says it is so large and unpacks to as much: a bomb of a few kilobytes."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    lines = zlib.compressobj(9)
    packed = b"".join(lines.compress(bytes(1 + (width + 7) // 8)) for _ in range(height)) + lines.flush()
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def read(content: bytes):
    async def reading() -> bytes:
        return content

    return reading


def drawn(content: bytes) -> Redrawn | Refused | Busy:
    return asyncio.run(Redrawing().redraw(read(content)))


def good(content: bytes) -> tuple[Image.Image, Image.Image]:
    made = drawn(content)
    assert isinstance(made, Redrawn), made
    return Image.open(io.BytesIO(made.large)), Image.open(io.BytesIO(made.small))


def test_nothing_of_the_file_but_its_pixels_comes_out():
    content = with_place()
    assert b"SECRETPHONE" in content
    assert b"SECRETCOMMENT" in content
    made = drawn(content)
    assert isinstance(made, Redrawn)
    for picture in (made.large, made.small):
        for secret in (b"SECRET", b"Exif", b"GPS", b"ICC_PROFILE", b"http://ns.adobe.com"):
            assert secret not in picture
        assert dict(Image.open(io.BytesIO(picture)).getexif()) == {}


def test_it_is_turned_as_it_was_held():
    large, _ = good(with_place())
    assert large.size == (600, 800)
    corner = large.getpixel((590, 10))
    assert isinstance(corner, tuple)
    assert corner[2] > 150 > corner[0]  # turned clockwise, the corner is on the right


@pytest.mark.parametrize(
    "content",
    [
        file(pixels(), "PNG"),
        file(pixels(), "WEBP"),
        file(pixels().convert("CMYK")),
        file(pixels().convert("L")),
        file(pixels().convert("P"), "PNG", transparency=0),
        file(pixels().convert("RGBA"), "PNG"),
        file(Image.new("I;16", (60, 40), 40_000), "PNG"),
        file(Image.new("1", (60, 40)), "PNG"),
        file(pixels(), "WEBP", save_all=True, append_images=[pixels(), pixels()]),
    ],
    ids=["png", "webp", "cmyk", "grey", "palette", "alpha", "16 bits", "1 bit", "moving webp"],
)
def test_every_kind_of_pixels_becomes_a_plain_jpeg(content):
    large, small = good(content)
    assert (large.format, large.mode) == ("JPEG", "RGB")
    assert (small.format, small.mode) == ("JPEG", "RGB")


def test_a_camera_s_photo_becomes_small_enough_for_a_weak_network():
    noise = Image.effect_noise((4000, 3000), 40).convert("RGB")
    made = drawn(file(noise, quality=95))
    assert isinstance(made, Redrawn)
    assert len(made.large) <= BYTES
    assert max(Image.open(io.BytesIO(made.large)).size) <= SIDE
    assert max(Image.open(io.BytesIO(made.small)).size) == SMALL_SIDE


def test_a_small_picture_is_not_blown_up_and_a_strip_keeps_a_pixel():
    assert good(file(pixels(40, 30)))[0].size == (40, 30)
    assert good(file(pixels(3000, 2), "PNG"))[1].size == (SMALL_SIDE, 1)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a picture",
        file(pixels())[:2000],
        file(pixels(), "PNG")[:-200],
        file(pixels(), "WEBP")[:-200],
        file(pixels(), "GIF"),
        file(pixels(), "GIF", save_all=True, append_images=[pixels(400, 300)]),
        file(pixels(), "TIFF"),
        file(pixels(), "BMP"),
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"%PDF-1.7\n%\xe2\xe3",
        b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(500),
        b"\xff\xd8\xff\xe0" + bytes(100_000),
    ],
    ids=[
        "empty", "text", "cut jpeg", "cut png", "cut webp", "gif", "moving gif", "tiff", "bmp", "svg", "pdf", "heic",
        "jpeg of nothing",
    ],
)  # fmt: skip
def test_what_is_no_photo_is_refused_in_words(content):
    refused = drawn(content)
    assert isinstance(refused, Refused)
    assert refused.code is Code.NOT_A_PHOTO
    assert "câu hỏi vẫn được giữ" in refused.say()


@pytest.mark.parametrize("size", [(30_000, 30_000), (20_000, 2_001)])
def test_a_bomb_is_refused_before_it_is_unpacked(size):
    bomb = png_of_size(*size)
    assert len(bomb) < 200_000
    refused = drawn(bomb)
    assert isinstance(refused, Refused)
    assert refused.code is Code.PHOTO_TOO_LARGE


def test_a_reader_that_takes_too_long_is_ended_and_the_next_photo_is_read(monkeypatch):
    async def both() -> tuple[Redrawn | Refused | Busy, ...]:
        house = Redrawing()
        monkeypatch.setattr(redrawing, "LONGEST", 0.0)
        first = await house.redraw(read(file(pixels())))
        monkeypatch.setattr(redrawing, "LONGEST", 30.0)
        return first, await house.redraw(read(file(pixels())))

    late, next_one = asyncio.run(both())
    assert isinstance(late, Refused)
    assert isinstance(next_one, Redrawn)


def test_of_a_flood_few_are_in_memory_and_those_beyond_the_line_are_asked_to_come_again():
    begun = 0

    async def flood() -> list[Redrawn | Refused | Busy]:
        house, may_go = Redrawing(), asyncio.Event()

        async def slowly() -> bytes:
            nonlocal begun
            begun += 1
            await may_go.wait()
            return b""

        waiting = [asyncio.create_task(house.redraw(slowly)) for _ in range(redrawing.WAITING)]
        answers = [await asyncio.create_task(house.redraw(slowly))]
        assert begun == redrawing.AT_ONCE
        for task in waiting[redrawing.AT_ONCE :]:
            task.cancel()
        may_go.set()
        await asyncio.gather(*waiting, return_exceptions=True)
        return [*answers, await house.redraw(read(b""))]

    beyond, later = asyncio.run(flood())
    assert isinstance(beyond, Busy)
    assert isinstance(later, Refused)
