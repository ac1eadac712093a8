"""How the program looks and speaks: themes, languages, accessibility, settings."""
