"""Messages between the front and a worker: eight bytes of length, then plain values; both ends are this program."""

from __future__ import annotations

import marshal
import pickle
import socket
import struct
from typing import Any

_LENGTH = struct.Struct("!Q")
_CHUNK = 1 << 18


def write_frame(message: Any) -> bytes:
    """Return the bytes of a message: one of plain values (numbers, texts, tuples) in a short form."""
    try:
        content = b"m" + marshal.dumps(message)
    except ValueError:
        content = b"p" + pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    return _LENGTH.pack(len(content)) + content


def frame_end(received: bytes | bytearray) -> int:
    """Return how many bytes the first message has with its length, 0 while that is not known."""
    return _LENGTH.size + _LENGTH.unpack_from(received)[0] if len(received) >= _LENGTH.size else 0


def read_frame(received: bytes | bytearray) -> Any:
    """Return the message that some bytes are, all of which have come."""
    content = memoryview(received)[_LENGTH.size + 1 :]
    return marshal.loads(content) if received[_LENGTH.size] == ord("m") else pickle.loads(content)


def receive_frame(channel: socket.socket) -> Any:
    """Return the next message from a blocking socket; raises EOFError where the other end has closed it.

    Only one message is under way at a time, so what comes belongs to it.
    """
    received = channel.recv(_CHUNK)
    while received and (not (end := frame_end(received)) or len(received) < end):
        chunk = channel.recv(_CHUNK)
        if not chunk:
            raise EOFError
        received += chunk
    if not received:
        raise EOFError
    return read_frame(received)
