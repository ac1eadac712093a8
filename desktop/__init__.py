"""The Qt application: the window, its widgets, and the thread that recognises."""
