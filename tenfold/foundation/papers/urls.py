"""Routes of papers and their templates."""

from tenfold.foundation.declare import page

from . import views
from .rights import KEEP_TEMPLATES, MAKE_PAPERS, SEE_PAPERS

app_name = "papers"
urlpatterns = [
    page("papers/", views.papers, right=SEE_PAPERS, name="list"),
    page("papers/make", views.make, right=MAKE_PAPERS, name="make", methods=("POST",)),
    page("papers/<int:pk>/", views.paper, right=SEE_PAPERS, name="paper"),
    page("papers/<int:pk>/progress", views.progress, right=SEE_PAPERS, name="progress"),
    page("papers/<int:pk>/word", views.word, right=SEE_PAPERS, name="word"),
    page("papers/<int:pk>/pdf", views.pdf, right=SEE_PAPERS, name="pdf"),
    page("papers/<int:pk>/edited", views.edited, right=MAKE_PAPERS, name="edited", methods=("POST",)),
    page("papers/templates/", views.templates, right=KEEP_TEMPLATES, name="templates"),
    page(
        "papers/templates/<str:kind>/", views.template, right=KEEP_TEMPLATES, name="template",
        methods=("GET", "POST"),
    ),
    page("papers/templates/<str:kind>/word", views.template_file, right=KEEP_TEMPLATES, name="template_file"),
    page("papers/templates/<str:kind>/trial", views.trial, right=KEEP_TEMPLATES, name="trial"),
    page(
        "papers/templates/<str:kind>/back", views.take_back, right=KEEP_TEMPLATES, name="take_back",
        methods=("POST",),
    ),
    page("papers/versions/<int:template>/word", views.version_file, right=KEEP_TEMPLATES, name="version"),
    page(
        "papers/versions/<int:template>/again", views.take_up, right=KEEP_TEMPLATES, name="take_up",
        methods=("POST",),
    ),
]  # fmt: skip
