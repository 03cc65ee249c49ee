"""Numbers in, numbers out: arithmetic of the standards, without Django."""
