"""``tenfold init``: the first administrators of a new installation. ``tenfold account``: sign-ins, by hand."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

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


app = typer.Typer(help="Sign-ins: invite, reset, close, reopen; codes are printed once.", no_args_is_help=True)
WHY = typer.Option(..., "--why", help="The reason; it stands in the audit.")


def _do(username: str, run: Any) -> Any:
    from tenfold.foundation.scope import as_system

    from .models import Account

    account = Account.objects.filter(username__iexact=username).first()
    if account is None:
        typer.echo(f"{username}: there is no such sign-in", err=True)
        raise typer.Exit(1)
    try:
        with as_system("account"):
            return run(account)
    except ValueError as fault:
        typer.echo(f"{username}: {fault}; nothing was changed", err=True)
        raise typer.Exit(1) from None


@app.command()
def invite(number: str, username: str, email: str = typer.Option("", help="The code is sent there too.")) -> None:
    """Give the person with this staff number a sign-in; prints the one-time code (seven days)."""
    from tenfold.foundation.people.models import Person
    from tenfold.foundation.scope import as_system

    from . import services

    with as_system("account"):
        person = Person.objects.filter(number=number).first()
        try:
            if person is None:
                raise ValueError("there is no person with this number")
            print(services.invite_by_code(person, username, email=email).code)
        except services.Taken:
            typer.echo(f"{username}: the name is taken, or the person has a sign-in; nothing was changed", err=True)
            raise typer.Exit(1) from None
        except ValueError as fault:
            typer.echo(f"{number}: {fault}", err=True)
            raise typer.Exit(1) from None


@app.command()
def reset(username: str, why: str = WHY) -> None:
    """Void a password; prints the one-time code with which a new one is set (one day)."""
    from . import services

    print(_do(username, lambda account: services.reset(account, why)).code)


@app.command()
def close(username: str, why: str = WHY) -> None:
    """Close a sign-in; its sessions end."""
    from . import services

    _do(username, lambda account: services.close(account, why))


@app.command()
def reopen(username: str, why: str = WHY) -> None:
    """Open a closed sign-in again."""
    from . import services

    _do(username, lambda account: services.reopen(account, why))


@app.command("reset-factor")
def reset_factor(username: str, why: str = WHY) -> None:
    """Take a lost second factor away; it is set up anew at the next sign-in."""
    from . import services

    _do(username, lambda account: services.reset_second_factor(account, why))


@app.command("list")
def list_accounts(state: str = typer.Option("", help="open, invited, closed, idle or none.")) -> None:
    """The sign-ins with their state and last sign-in."""
    from tenfold.foundation.scope import as_system

    from . import queries

    with as_system("account"):
        for row in queries.every_sign_in(state):
            print(f"{row.username or '-':20} {row.state:8} {row.last or '-'!s:20.19} {row.name} {row.posts}")
