"""What the processor is called, and what it computes with."""

from __future__ import annotations

import platform
from pathlib import Path


def processor_name() -> str:
    """As its maker calls it, where the system says."""
    names = [
        line.partition(":")[2].strip() for line in _facts().splitlines() if "model name" in line
    ]
    return names[0] if names else platform.processor() or "unknown processor"


def computes_bfloat16() -> bool:
    """Whether it has instructions for bfloat16; False where the system does not say."""
    facts = _facts()
    return "avx512_bf16" in facts or "amx_bf16" in facts


def _facts() -> str:
    """Linux's own account of the processor; nothing elsewhere."""
    try:
        return Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
