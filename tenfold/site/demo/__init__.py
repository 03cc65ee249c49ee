"""The demonstration: one county of invented schools, made from a seed and loaded as real files are.

Nothing in it is taken from a real school. Codes carry the province 99, which China does not have, so
that an invented school can never be mistaken for one.
"""
