"""QR codes as inline SVG of attributes only, which the content policy lets through."""

from markupsafe import Markup


def qr(address: str, *, title: str, scale: int = 4) -> Markup:
    """A code of `address` to be read from afar: medium error correction, with its quiet zone of four modules."""
    import segno  # noqa: PLC0415 - its tables take a tenth of a second, which a start after a fault has not

    drawn = segno.make(address, micro=False, error="m").svg_inline(scale=scale, border=4, title=title, omitsize=True)
    return Markup(drawn)  # noqa: S704 - segno escapes the title, the rest are numbers
