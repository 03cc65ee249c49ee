"""Assembles the house: settings, urls, the one list of packages, the command line. Decides nothing."""
