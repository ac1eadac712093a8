"""What is read: the recognition thread, what it is asked, and how its answers are shown."""
