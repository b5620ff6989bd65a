import os
import socket
from collections.abc import Iterator


def free_port() -> int:
    """A port that nobody holds, below the range that outgoing connections take theirs from."""
    return next(port for port in _candidates if _is_free(port))


def _count_from_here() -> Iterator[int]:
    port = 10_000 + os.getpid() * 61 % 20_000
    while True:
        port = port + 1 if port < 31_000 else 10_000
        yield port


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0 and _binds(port)


def _binds(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


_candidates = _count_from_here()
