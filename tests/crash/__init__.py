"""Processes killed at random in the middle of their work: nothing half-written, nothing lost, the same end.

``killing`` is the harness: it starts the victims, kills them, and asks the work between kills what became of it.
``importing`` is a work: a module with ``prepare()``, ``step(bring)`` and ``settled()``, each run by ``inside`` in a
process of its own on the installation under test. A new work needs such a module and a line in ``test_kills``.
"""
