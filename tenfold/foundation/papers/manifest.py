"""What papers bring to the house: their pages, the making, the templates."""

from django.utils.translation import gettext_lazy as _

from tenfold.foundation.declare import JobKind, Manifest, MenuItem

from .rights import RIGHTS, SEE_PAPERS

MANIFEST = Manifest(
    name="papers",
    title=_("Bulletins and reports"),
    rights=RIGHTS,
    urls="tenfold.foundation.papers.urls",
    menu=(MenuItem(_("Bulletins and reports"), "/papers/", SEE_PAPERS, group="work", order=40),),
    jobs=(JobKind("papers.make", "tenfold.foundation.papers.jobs:make", _("Making a paper")),),
    acts=(
        ("ask", _("Asked for a paper")),
        ("_keep", _("Made a paper")),
        ("_refuse", _("Could not make a paper")),
        ("give_back", _("Gave an edited paper back")),
        ("send", _("Changed a template")),
        ("take_back", _("Took the house's own template up again")),
        ("take_up", _("Took an earlier template up again")),
    ),
)
