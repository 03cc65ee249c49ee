"""The pages of the programme, by topic."""
