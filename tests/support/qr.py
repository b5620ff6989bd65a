"""A camera: reads the square on a printed card, as it was drawn by the browser."""

from collections.abc import Iterator
from typing import Any

from playwright.async_api import Locator
from segno import consts, encoder

DRAWN = """async (square) => {
    const side = square.viewBox.baseVal.width, scale = 4;
    const copy = square.cloneNode(true);
    copy.setAttribute("width", side * scale);
    copy.setAttribute("height", side * scale);
    const picture = new Image();
    picture.src = "data:image/svg+xml," + encodeURIComponent(new XMLSerializer().serializeToString(copy));
    await picture.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: side * scale, height: side * scale });
    const glass = canvas.getContext("2d", { willReadFrequently: true });
    glass.drawImage(picture, 0, 0);
    const dark = (x, y) => glass.getImageData(x * scale + 2, y * scale + 2, 1, 1).data[0] < 128 ? 1 : 0;
    return Array.from({ length: side }, (_, y) => Array.from({ length: side }, (_, x) => dark(x, y)));
}"""
QUIET = 4
"""Modules of white around the square."""
LEVELS = {
    (0, 1): consts.ERROR_LEVEL_L, (0, 0): consts.ERROR_LEVEL_M,
    (1, 1): consts.ERROR_LEVEL_Q, (1, 0): consts.ERROR_LEVEL_H,
}  # fmt: skip
ALWAYS_FLIPPED = (1, 0, 1, 0, 1)


async def scan(square: Locator) -> str:
    """What a camera reads in it."""
    drawn: list[list[int]] = await square.evaluate(DRAWN)
    return words_in([row[QUIET:-QUIET] for row in drawn[QUIET:-QUIET]])


def words_in(modules: list[list[int]]) -> str:
    """One piece of text as bytes, in a square of version 2 to 9. A clean picture needs no mending."""
    version = (len(modules) - 17) // 4
    told = [bit ^ flipped for bit, flipped in zip(modules[8][:5], ALWAYS_FLIPPED, strict=True)]
    flips = encoder.get_data_mask_functions(is_micro=False)[told[2] * 4 + told[3] * 2 + told[4]]
    bits = [modules[row][column] ^ int(flips(row, column)) for row, column in places(modules)]
    content = joined(octets(bits), consts.ECC[version][LEVELS[told[0], told[1]]])
    assert content[0] >> 4 == consts.MODE_BYTE
    plain = [(one & 15) << 4 | following >> 4 for one, following in zip(content, content[1:], strict=False)]
    return bytes(plain[1 : 1 + plain[0]]).decode()


def places(modules: list[list[int]]) -> Iterator[tuple[int, int]]:
    """Where the words lie: two columns at a time from the right, up and down in turn, past what is the square's own."""
    side = len(modules)
    own = encoder.make_matrix(side, side)
    encoder.add_finder_patterns(own, side, side)
    encoder.add_alignment_patterns(own, side, side)
    upwards = True
    for right in [*range(side - 1, 6, -2), *range(5, 0, -2)]:
        for row in range(side - 1, -1, -1) if upwards else range(side):
            yield from ((row, column) for column in (right, right - 1) if own[row][column] == 2)
        upwards = not upwards


def octets(bits: list[int]) -> list[int]:
    return [int("".join(map(str, bits[at : at + 8])), 2) for at in range(0, len(bits) - 7, 8)]


def joined(codewords: list[int], blocks: Any) -> list[int]:
    """They are dealt out to several blocks, one to each in turn; a longer block takes one more at the end."""
    sizes = [block.num_data for block in blocks for _ in range(block.num_blocks)]
    dealt: list[list[int]] = [[] for _ in sizes]
    rest = iter(codewords)
    for turn in range(max(sizes)):
        for block, size in zip(dealt, sizes, strict=True):
            if turn < size:
                block.append(next(rest))
    return [one for block in dealt for one in block]
