"""Documents of pages: what is open, its list, its readings, what is put right and taken away."""
