"""``tenfold keys``: the data keys, their rotation, and what each has sealed. See docs/operations/keys.md."""

from __future__ import annotations

import fcntl
import os
import secrets
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import typer
from django.conf import settings

from tenfold.foundation.access import factors
from tenfold.foundation.acts import permitted
from tenfold.foundation.audit import services as audit
from tenfold.foundation.fields.keys import key_file, key_id
from tenfold.foundation.fields.resealing import reseal, uses
from tenfold.foundation.files import contents
from tenfold.foundation.scope import as_system

app = typer.Typer(help="The data keys that seal sensitive columns.", no_args_is_help=True)


def rotate() -> int:
    """Put a fresh key before the others and seal every value and file under it anew; returns how many were changed.

    Running processes read the file again when they meet the new key, and go on sealing under the former one
    until they are started again; nothing is unreadable meanwhile. Broken off, ``rotate --resume`` finishes it.
    """
    _write(lambda keys: [secrets.token_urlsafe(32), *keys])
    return resume()


def resume() -> int:
    """Seal under the newest key what is still sealed under another; returns how many values and files that were."""
    with as_system("keys.rotate"), permitted("service"):
        changed = reseal() + factors.reseal() + contents.reseal()
        audit.record(
            "keys.rotate",
            subject=f"key:{key_id(settings.TENFOLD['DATA_KEYS'][0])}",
            count=changed,
        )
    return changed


def retire() -> list[str]:
    """Take away the keys that have sealed nothing that stands; returns their names.

    The newest stays, and the oldest, on which the look-up hashes rest. Entries of the audit are never
    sealed anew, so that the keys they were written under stay as well.
    """
    standing = _uses()
    gone: list[str] = []

    def without(keys: list[str]) -> list[str]:
        kept = [key for at, key in enumerate(keys) if at in (0, len(keys) - 1) or standing[key_id(key)]]
        gone.extend(key_id(key) for key in keys if key not in kept)
        return kept

    _write(without)
    if gone:
        with as_system("keys.retire"), permitted("service"):
            audit.record(
                "keys.retire",
                subject=" ".join(f"key:{name}" for name in gone)[:120],
                count=len(gone),
            )
    return gone


def _uses() -> Counter[str]:
    """What rests on each key: values, second factors, files."""
    return uses() + factors.uses() + contents.sealed_under()


def _write(change: Callable[[list[str]], list[str]]) -> None:
    """Replace the file of keys as a whole, one process at a time, readable by its owner alone."""
    path = key_file()
    with Path(f"{path}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        keys = change(path.read_text().split())
        fresh = path.with_suffix(f".{os.getpid()}")
        descriptor = os.open(fresh, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write("\n".join(keys) + "\n")
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    settings.TENFOLD["DATA_KEYS"][:] = keys


@app.command("list")
def list_keys() -> None:
    """The keys by name, the newest first, and how many values and files each has sealed."""
    standing = _uses()
    for key in settings.TENFOLD["DATA_KEYS"]:
        print(f"{key_id(key)}  {standing[key_id(key)]}")


@app.command("rotate")
def rotate_keys(
    resume_only: bool = typer.Option(False, "--resume", help="Make no new key; finish."),
) -> None:
    """Make a new data key and seal every sensitive value and every file under it."""
    print(f"{resume() if resume_only else rotate()} values sealed anew")


@app.command("retire")
def retire_keys() -> None:
    """Take away keys that nothing rests on. Start web and worker again before."""
    print("\n".join(retire()) or "every key is still needed")
