"""Backup and restore: one sealed archive with everything that cannot be counted anew. See docs/operations/backup.md."""
