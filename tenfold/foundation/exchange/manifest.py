"""What the importer brings to the house: the kinds of tables, their pages, the long work, the command."""

from django.utils.translation import gettext_lazy as _

from tenfold.foundation.declare import Command, Duty, JobKind, Manifest, MenuItem, Reader
from tenfold.foundation.holdings.words import RETURN_FIELDS
from tenfold.foundation.organisations.words import ORGANISATION_FIELDS
from tenfold.foundation.people.option import keeps_pupils
from tenfold.foundation.people.words import PUPIL_FIELDS, STAFF_FIELDS

from .owed import unfinished
from .rights import IMPORT_ORGANISATIONS, IMPORT_PUPILS, IMPORT_RETURNS, IMPORT_STAFF, RIGHTS, SEE_IMPORTS

PUPILS = Reader(
    code="pupils",
    title=_("Pupils and enrolments"),
    fields=PUPIL_FIELDS,
    handler="tenfold.foundation.people.pupil_imports.Pupils",
    right=IMPORT_PUPILS,
    needs_period=True,
)
"""A kind of import where pupils are kept, and nowhere else."""

MANIFEST = Manifest(
    name="exchange",
    title=_("Import of tables"),
    rights=RIGHTS,
    urls="tenfold.foundation.exchange.urls",
    menu=(MenuItem(_("Import of tables"), "/imports/", SEE_IMPORTS, group="more", order=30),),
    jobs=(
        JobKind("exchange.check", "tenfold.foundation.exchange.jobs:check", _("Checking an import")),
        JobKind("exchange.write", "tenfold.foundation.exchange.jobs:write", _("Writing an import")),
        JobKind("exchange.undo", "tenfold.foundation.exchange.jobs:undo", _("Undoing an import")),
        JobKind(
            "exchange.grow_old",
            "tenfold.foundation.exchange.jobs:grow_old",
            _("Letting go of what undoing old imports would need"),
            every=6 * 3600,
        ),
    ),
    commands=(Command("import", "tenfold.foundation.exchange.commands:import_table"),),
    duties=(Duty("exchange.unfinished", _("Unfinished imports"), unfinished),),
    readers=(
        Reader(
            code="school-return",
            title=_("Annual return of schools"),
            fields=RETURN_FIELDS,
            handler="tenfold.foundation.holdings.imports.SchoolReturn",
            right=IMPORT_RETURNS,
            needs_period=True,
        ),
        Reader(
            code="organisations",
            title=_("Organisations"),
            fields=ORGANISATION_FIELDS,
            handler="tenfold.foundation.organisations.imports.Organisations",
            right=IMPORT_ORGANISATIONS,
        ),
        Reader(
            code="staff",
            title=_("Staff and posts"),
            fields=STAFF_FIELDS,
            handler="tenfold.foundation.people.imports.Staff",
            right=IMPORT_STAFF,
        ),
        *((PUPILS,) if keeps_pupils() else ()),
    ),
    acts=(
        ("_open", _("Received a table")),
        ("start", _("Asked for the checking or writing of a table")),
        ("confirm_columns", _("Confirmed what columns mean")),
        ("drop", _("Dropped a table")),
        ("_refuse", _("Could not read a table")),
        ("_conclude", _("Checked a table")),
        ("_write", _("Wrote a table")),
        ("undo", _("Undid an import")),
        ("ask_undo", _("Asked for the undoing of an import")),
        ("note_hindrance", _("Undid nothing: records had changed since")),
        ("_let_go", _("Let go of what undoing an import would need")),
        ("note_conflict", _("Wrote nothing: others had written meanwhile")),
        ("_replace", _("Replaced a value")),
        ("_keep", _("Kept a value that was doubted")),
        ("_leave_out", _("Left rows out")),
        ("_put_back", _("Took a row in again")),
        ("_take", _("Took suggestions")),
    ),
)
