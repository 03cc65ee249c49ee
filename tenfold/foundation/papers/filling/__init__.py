"""What fills a template. It runs in a process of its own, with limits, and knows neither Django nor the house.

A template that an officer may edit is code: see ``rendering``, which starts it, for the limits.
"""
