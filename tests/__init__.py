"""What crosses packages: journeys, the house itself, kills, load; and what all tests share (support)."""
