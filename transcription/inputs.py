"""Sound as it happens: a sound card of this machine, or a camera or encoder in the hall's network, through FFmpeg."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from sysconfig import get_config_var

import av
from av.error import FFmpegError

from transcription.heard import SAMPLE_RATE
from transcription.problems import BadSound

PATIENCE = (10.0, 10.0)
"""Seconds to wait for the source to open, and for each piece of it."""

ALSA = Path("/usr/share/alsa")
"""Where a machine describes its sound cards."""
PLUGINS = tuple(Path(f"/usr/{lib}/alsa-lib") for lib in (f"lib/{get_config_var('MULTIARCH')}", "lib64", "lib"))
"""Where what leads from ALSA to PulseAudio and PipeWire may lie; the first that is there is the machine's."""


def listen(address: str, opened: Callable[[bool], None] = lambda _live: None) -> Iterator[bytes]:
    """16 kHz mono samples of `alsa:DEVICE`, or of whatever address FFmpeg opens (rtsp, http, Icecast, a file).

    `opened` is told once whether it is live: such sound comes as it happens, not as fast as it can be read.
    Ends where a source of known length ends. Raises BadSound when it cannot be opened, has no sound, or breaks off; a
    live one has no end of its own: when it stops, that is a break.
    """
    device = address.removeprefix("alsa:")
    kind = "alsa" if device != address else None
    if kind:
        _find_cards()
    try:
        with av.open(device, format=kind, timeout=None if kind else PATIENCE, options=_options(address)) as container:
            if not container.streams.audio:
                raise _silent(address, "không có luồng âm thanh", "it has no audio stream")
            live = kind is not None or ("://" in address and container.duration is None)
            opened(live)
            resampler = av.AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE)
            for frame in chain(container.decode(container.streams.audio[0]), [None]):
                if frame is not None:
                    frame.pts = None
                for made in resampler.resample(frame):
                    yield made.to_ndarray().astype("<i2", copy=False).tobytes()
            if live and kind is None:
                raise _silent(address, "nguồn ngừng phát", "it stopped sending")
    except (FFmpegError, OSError) as why:
        raise _silent(address, why.strerror or str(why), why.strerror or str(why)) from why


def _find_cards() -> None:
    """The ALSA that comes with PyAV looks for cards where it was built, which is nowhere: show it this machine's."""
    if (ALSA / "alsa.conf").is_file():
        os.environ.setdefault("ALSA_CONFIG_DIR", str(ALSA))
    if plugins := next((one for one in PLUGINS if one.is_dir()), None):
        os.environ.setdefault("ALSA_PLUGIN_DIR", str(plugins))


def _options(address: str) -> dict[str, str]:
    """Of a camera, sound over its connection: packets of their own get lost, and what comes later moves forward."""
    return {"rtsp_flags": "prefer_tcp"} if address.startswith("rtsp://") else {}


def _silent(address: str, vi: str, en: str) -> BadSound:
    return BadSound(
        f"Không nghe được {address} ({vi}). Phần đã thu vẫn an toàn; hãy kiểm tra dây, địa chỉ và quyền.",
        f"Cannot hear {address} ({en}). What was recorded is safe; check the cable, the address and permissions.",
    )
