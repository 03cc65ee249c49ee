"""Files that people send: kept once under their digest, sealed at rest, told of by a record that belongs to a place.

A name never comes from outside, so no path can be smuggled in.
"""
