"""Entries and seals. The database itself refuses to change or delete them (see the migration)."""

from __future__ import annotations

from django.db import models

from tenfold.foundation.fields import EncryptedText, classed


class Entry(models.Model):
    """One thing that somebody did. ``details`` (before and after) is encrypted JSON."""

    append_only = True

    at = models.DateTimeField(db_index=True)
    actor = classed(models.CharField(max_length=60, db_index=True), "internal")
    person = models.BigIntegerField(null=True)
    post = models.BigIntegerField(null=True)
    place = classed(models.CharField(max_length=80, blank=True), "internal")
    action = classed(models.CharField(max_length=80, db_index=True), "internal")
    subject = classed(models.CharField(max_length=120, blank=True), "internal")
    details = EncryptedText(blank=True, default="")
    why = classed(models.CharField(max_length=300, blank=True), "internal")
    count = models.BigIntegerField(null=True)
    digest = models.CharField(max_length=64)


class Seal(models.Model):
    """A Merkle root over entries ``first`` to ``last``, chained to the seal before."""

    first = models.BigIntegerField()
    last = models.BigIntegerField(unique=True)
    count = models.BigIntegerField()
    root = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)
    chain = models.CharField(max_length=64)
    at = models.DateTimeField()
