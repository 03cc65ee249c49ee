"""What several rooms need. Each engine knows only those below it; the order is in pyproject.toml."""
