"""``tenfold init``: the first administrators of a new installation."""

from __future__ import annotations

import json
from dataclasses import asdict

import typer

ADMINISTRATORS = {"sysadmin": "系统管理员", "secadmin": "安全管理员", "auditadmin": "审计管理员"}
"""三员分立: three people, none of whom can do another's part. Everybody else is let in by the second of them."""


def init(
    city: str = typer.Option("咸宁市教育局", help="Name of the bureau at the top of the tree."),
    code: str = typer.Option("421200", help="Its code: the city's of GB/T 2260."),
    sysadmin: str = typer.Option(ADMINISTRATORS["sysadmin"], help="Name of the system administrator."),
    secadmin: str = typer.Option(ADMINISTRATORS["secadmin"], help="Name of the security administrator."),
    auditadmin: str = typer.Option(ADMINISTRATORS["auditadmin"], help="Name of the audit administrator."),
    as_json: bool = typer.Option(False, "--json"),
) -> None:
    """Make the city and the first administrators of an empty installation. Passwords are printed once."""
    from django.core.management import call_command

    from tenfold.foundation.acts import permitted
    from tenfold.foundation.scope import as_system

    from . import services

    with permitted("migrations"):
        call_command("migrate", interactive=False, verbosity=0)
    names = {"sysadmin": sysadmin, "secadmin": secadmin, "auditadmin": auditadmin}
    try:
        with as_system("init"):
            made = services.found(code, city, names)
    except services.AlreadyFounded:
        typer.echo("this installation has its administrators already; nothing was changed", err=True)
        raise typer.Exit(1) from None
    if as_json:
        print(json.dumps([asdict(sign_in) for sign_in in made], ensure_ascii=False))
        return
    print(f"{city} ({code})\n")
    for sign_in in made:
        print(f"  {sign_in.name:8}  {sign_in.username:12}  {sign_in.password}")
    print("\nThese passwords are printed once and kept nowhere; each is changed at the first sign-in.")
