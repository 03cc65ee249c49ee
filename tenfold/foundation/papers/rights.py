"""Rights of this package: to see papers, to make them, to change the templates from which they are made."""

from django.utils.translation import gettext_lazy as _

from tenfold.foundation.declare import Right

SEE_PAPERS = Right("papers.see_papers", _("See bulletins and reports"))
MAKE_PAPERS = Right("papers.make_papers", _("Make bulletins and reports"))
KEEP_TEMPLATES = Right("papers.keep_templates", _("Change the templates of bulletins and reports"))
RIGHTS = (SEE_PAPERS, MAKE_PAPERS, KEEP_TEMPLATES)
