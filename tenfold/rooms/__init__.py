"""The lasting lines of work. A room knows engines and foundation, and no other room."""
