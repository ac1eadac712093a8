"""What is seen of the pad: its ink, its page, its guide lines."""
