"""What the processor is called, and what it computes with."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

_FIRST_BYTES = 8192
"""Of Linux's account: more than the first processor takes. All of them would take milliseconds
where there are many."""

TOO_OLD = (
    "Glyphpad needs a processor with SSE4.2 (Intel since 2008, AMD since 2011), and this one has "
    "not."
)

Instructions = Literal["avx", "sse4_2"]

_WINDOWS_NUMBERS = {"sse4_2": 38, "avx": 39}
"""As `IsProcessorFeaturePresent` has them: winnt.h, PF_SSE4_2_INSTRUCTIONS_AVAILABLE and
PF_AVX_INSTRUCTIONS_AVAILABLE."""


def processor_name() -> str:
    """As its maker calls it, where the system says."""
    import platform

    names = [
        line.partition(":")[2].strip() for line in _facts().splitlines() if "model name" in line
    ]
    return names[0] if names else platform.processor() or "unknown processor"


def lacks(instructions: Instructions) -> bool:
    """Whether it is an x86 processor without these instructions; False where the system does not
    say. A library that uses them all the same takes the process with it, without a word.

    NumPy, OpenCV, LiteRT and Qt need sse4_2 (Intel since 2008, AMD since 2011), TensorFlow avx
    (since 2011; some of the cheap ones never had it).
    """
    if sys.platform == "win32":
        import ctypes

        known = ctypes.windll.kernel32.IsProcessorFeaturePresent
        return not known(_WINDOWS_NUMBERS[instructions])
    flags = [line for line in _facts().splitlines() if line.startswith("flags")]
    return bool(flags) and instructions not in flags[0].split()


def computes_bfloat16() -> bool:
    """Whether it has instructions for bfloat16; False where the system does not say."""
    facts = _facts()
    return "avx512_bf16" in facts or "amx_bf16" in facts


def _facts() -> str:
    """Linux's own account of the first processor; nothing elsewhere."""
    try:
        with Path("/proc/cpuinfo").open(encoding="utf-8", errors="replace") as file:
            return file.read(_FIRST_BYTES)
    except OSError:
        return ""
