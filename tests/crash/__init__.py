"""Processes killed at random in the middle of their work: nothing half-written, nothing lost, the same end.

``killing`` kills workers whatever they do: a work is a module with ``prepare()``, ``step(bring)`` and ``settled()``,
each run by ``inside`` in a process of its own on the installation under test. A new work needs such a module (see
``importing``) and a line in ``test_kills``. ``house``, ``officer`` and ``looks`` do it to a whole ``tenfold serve``.
"""
