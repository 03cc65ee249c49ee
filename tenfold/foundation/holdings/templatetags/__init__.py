"""Template words of the return."""
