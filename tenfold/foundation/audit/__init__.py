"""Who, what, before, after, why: append-only, sealed in batches into a chain of Merkle roots.

Entries have no foreign keys, so that they outlive what they tell of; looks at sensitive fields are entries too.
"""
