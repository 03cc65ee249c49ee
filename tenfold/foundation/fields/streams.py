"""Sealing what is too large for one piece: chunk by chunk, each authenticated, in an order that cannot be changed.

A stream is one line of ASCII, ``tenfold sealed 1 CIPHER KEY SALT CHUNK``, and then chunks of CHUNK bytes with their
tags. Its key is derived from the named one and the salt, so that the chunk's number and the mark of the last one
serve as nonce (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár). The line belongs to what every
chunk authenticates; the last one authenticates besides what the stream is bound to. Whatever byte is changed, left
out, added or put elsewhere: reading raises :class:`.Unreadable`, and a wrong length does so at once.
"""

from __future__ import annotations

import io
import secrets
from collections.abc import Callable
from typing import BinaryIO

from .ciphers import NAMES, TAG, chosen, cipher
from .keys import Unreadable

MAGIC = b"tenfold sealed 1 "
CHUNK = 64 * 1024
LINE = 160
"""Bytes within which the first line must end."""


def stream_key(secret: str, salt: str, name: str) -> bytes:
    """The key of one stream."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), 32, salt=bytes.fromhex(salt), info=f"tenfold stream {name}".encode()).derive(secret.encode())


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\1" if last else b"\0")


class Sealer:
    """Seals what is written to it into a file. Nothing opens before :meth:`finish` has written the last chunk."""

    def __init__(self, target: BinaryIO, secret: str, key: str) -> None:
        """``secret`` seals, ``key`` is its name in the first line."""
        name, salt = chosen(), secrets.token_hex(16)
        self.target = target
        self.line = MAGIC + f"{name} {key} {salt} {CHUNK}\n".encode("ascii")
        self.cipher = cipher(name, stream_key(secret, salt, name))
        self.held = bytearray()
        self.number = 0
        target.write(self.line)

    def write(self, data: bytes) -> None:
        """Take more of the plain text."""
        self.held += data
        while len(self.held) > CHUNK:
            self._seal(bytes(self.held[:CHUNK]), self.line, last=False)
            del self.held[:CHUNK]

    def finish(self, bound: str = "") -> None:
        """Write the last chunk; the stream opens for the same ``bound`` only."""
        self._seal(bytes(self.held), self.line + bound.encode(), last=True)

    def _seal(self, plain: bytes, line: bytes, last: bool) -> None:
        self.target.write(self.cipher.encrypt(_nonce(self.number, last), plain, line))
        self.number += 1


class Opened(io.RawIOBase):
    """The plain text of a sealed file, from any place of it; at most one chunk is held."""

    def __init__(self, source: BinaryIO, secret: Callable[[str], str], bound: str = "") -> None:
        """``secret`` gives the secret of a key's name. The last chunk is opened at once, so a wrong length is seen."""
        self.source = source
        self.line, self.key, salt, name, self.chunk = read_line(source)
        self.bound = self.line + bound.encode()
        self.cipher = cipher(name, stream_key(secret(self.key), salt, name))
        body = source.seek(0, io.SEEK_END) - len(self.line)
        full = self.chunk + TAG
        self.count = max(1, -(-body // full))
        if body - (self.count - 1) * full < TAG:
            raise Unreadable("the file was cut off")
        self.size = body - self.count * TAG
        self.at = 0
        self.number, self.plain = -1, b""
        self._turn_to(self.count - 1)

    def _turn_to(self, number: int) -> None:
        from cryptography.exceptions import InvalidTag

        if number == self.number:
            return
        last = number == self.count - 1
        self.source.seek(len(self.line) + number * (self.chunk + TAG))
        sealed = self.source.read(self.chunk + TAG)
        try:
            self.plain = self.cipher.decrypt(_nonce(number, last), sealed, self.bound if last else self.line)
        except InvalidTag as fault:
            raise Unreadable("the file was changed or cut off, or another key sealed it") from fault
        self.number = number

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Read on from the present place."""
        if self.at >= self.size:
            return 0
        self._turn_to(self.at // self.chunk)
        piece = self.plain[self.at % self.chunk :][: len(buffer)]
        buffer[: len(piece)] = piece
        self.at += len(piece)
        return len(piece)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place of the plain text."""
        self.at = max(0, offset + {io.SEEK_SET: 0, io.SEEK_CUR: self.at, io.SEEK_END: self.size}[whence])
        return self.at

    def tell(self) -> int:
        """The present place."""
        return self.at

    def readable(self) -> bool:
        """It can be read."""
        return True

    def seekable(self) -> bool:
        """Any place can be gone to."""
        return True

    def close(self) -> None:
        """Close the file below too."""
        self.source.close()
        super().close()


def read_line(source: BinaryIO) -> tuple[bytes, str, str, str, int]:
    """The first line of a stream, taken apart: line, key, salt, cipher, size of chunks. Raises Unreadable."""
    source.seek(0)
    line = source.readline(LINE)
    words = line.decode("ascii", "replace").split(" ")
    if not line.startswith(MAGIC) or not line.endswith(b"\n") or len(words) != 7:
        raise Unreadable("this is no sealed file")
    name, key, salt, size = words[3], words[4], words[5], words[6].strip()
    whole = len(salt) == 32 and set(salt) <= set("0123456789abcdef") and size.isascii() and size.isdigit()
    if name not in NAMES or not whole or not 1 <= int(size) <= 2**24:
        raise Unreadable("this sealed file is of a kind not known here")
    return line, key, salt, name, int(size)
