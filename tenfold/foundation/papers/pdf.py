"""PDF, where LibreOffice is found."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from .faults import PaperFault

PATIENCE = 90


def office() -> str:
    """Where LibreOffice is; '' where there is none."""
    return shutil.which("soffice") or shutil.which("libreoffice") or ""


def as_pdf(paper: bytes) -> bytes:
    """A paper as PDF; raises :class:`PaperFault` where it cannot be made. Nothing stays behind."""
    program = office()
    if not program:
        raise PaperFault("no_pdf")
    with tempfile.TemporaryDirectory(prefix="paper-") as folder:
        source = Path(folder) / "paper.docx"
        source.write_bytes(paper)
        call = [
            program, "--headless", "--norestore", "--nolockcheck", f"-env:UserInstallation=file://{folder}/profile",
            "--convert-to", "pdf", "--outdir", folder, str(source),
        ]  # fmt: skip
        environment = {"HOME": folder, "PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8"}
        try:
            subprocess.run(call, capture_output=True, timeout=PATIENCE, env=environment, cwd=folder, check=False)  # noqa: S603
            return source.with_suffix(".pdf").read_bytes()
        except (subprocess.TimeoutExpired, OSError) as fault:
            raise PaperFault("pdf_failed") from fault
