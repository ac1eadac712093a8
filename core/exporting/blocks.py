"""The lines of a page in the blocks that they stand in, one below the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from core.box import Box, enclosing
from core.reading import ReadLine


@dataclass(frozen=True, eq=False)
class Block:
    """Lines that follow each other downwards: a column, or a page that has no columns."""

    lines: tuple[ReadLine, ...]

    @cached_property
    def box(self) -> Box:
        """The box of its lines, in source pixels."""
        return enclosing(line.box for line in self.lines)


def blocks_of(lines: Sequence[ReadLine]) -> tuple[Block, ...]:
    """The blocks of a page, in reading order.

    Lines come in reading order, so that one which is not below the one before it begins another
    column.
    """
    blocks: list[list[ReadLine]] = []
    for line in lines:
        if blocks and line.box.centre[1] > blocks[-1][-1].box.centre[1]:
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return tuple(Block(tuple(block)) for block in blocks)
