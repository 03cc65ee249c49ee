"""Steering: the light of a task from what was reached and by when; an aim shared out with its sum held."""
