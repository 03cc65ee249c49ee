"""Rights of this package: to see imports, to import each kind, to take tables out."""

from django.utils.translation import gettext_lazy as _

from tenfold.foundation.declare import Right

SEE_IMPORTS = Right("exchange.see_imports", _("See imports and their rows"))
EXPORT_DATA = Right("exchange.export_data", _("Take tables out"))
IMPORT_ORGANISATIONS = Right("exchange.import_organisations", _("Import organisations"))
IMPORT_STAFF = Right("exchange.import_staff", _("Import staff"))
IMPORT_RETURNS = Right("exchange.import_returns", _("Import annual returns"))
IMPORT_PUPILS = Right("exchange.import_pupils", _("Import pupils"))
RIGHTS = (SEE_IMPORTS, EXPORT_DATA, IMPORT_ORGANISATIONS, IMPORT_STAFF, IMPORT_RETURNS, IMPORT_PUPILS)
