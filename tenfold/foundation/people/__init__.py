"""People with dated posts. Everything runs without a single pupil's name."""
