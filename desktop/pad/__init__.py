"""The pad: its ink and its history, the tools that work on it, and what was put right."""
