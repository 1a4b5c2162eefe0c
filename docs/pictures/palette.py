"""Screenshots as small PNG files: the 256 colours that are used most, and each other colour as the nearest of them."""

import base64
import struct
import zlib

import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import Browser

_COLOURS = 256
# The browser reads the picture that it has taken; nothing else here knows how.
_PIXELS = """
async address => {
  const image = new Image();
  image.src = address;
  await image.decode();
  const drawn = new OffscreenCanvas(image.width, image.height).getContext('2d');
  drawn.drawImage(image, 0, 0);
  const bytes = drawn.getImageData(0, 0, image.width, image.height).data;
  let text = '';
  for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode(...bytes.subarray(at, at + 32768));
  return [image.width, image.height, btoa(text)];
}
"""


def smaller(browser: Browser, png: bytes) -> bytes:
    """Return a picture with a palette; what was written in letters looks the same."""
    page = browser.new_page()
    width, height, encoded = page.evaluate(_PIXELS, "data:image/png;base64," + base64.b64encode(png).decode())
    page.close()
    pixels = np.frombuffer(base64.b64decode(encoded), dtype=np.uint8).reshape(height * width, 4)[:, :3]
    packed = pixels.astype(np.uint32) @ np.array([65536, 256, 1], dtype=np.uint32)
    used, places, counts = np.unique(packed, return_inverse=True, return_counts=True)
    colours = np.stack([used >> 16, used >> 8 & 255, used & 255], axis=1).astype(np.int64)
    kept = colours[np.argsort(-counts, kind="stable")[:_COLOURS]]
    nearest = ((colours[:, None, :] - kept[None, :, :]) ** 2).sum(axis=2).argmin(axis=1).astype(np.uint8)
    return _written(nearest[places.reshape(-1)].reshape(height, width), kept.astype(np.uint8))


def _written(indexes: NDArray[np.uint8], palette: NDArray[np.uint8]) -> bytes:
    height, width = indexes.shape
    lines = np.hstack([np.zeros((height, 1), dtype=np.uint8), indexes])
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
        (b"PLTE", palette.tobytes()),
        (b"IDAT", zlib.compress(lines.tobytes(), 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
