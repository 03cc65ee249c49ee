"""What everything stands on. Each package knows only those below it; the order is in pyproject.toml."""
