"""Official papers (公文) as Word: filled from plain data and a template that an officer may change in Word."""
