"""Notices reach people. For now: mail, through an outbox that survives a fallen mail server."""
