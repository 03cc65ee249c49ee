"""Routes of the importer."""

from tenfold.foundation.declare import page

from . import rights, views

SEE = rights.SEE_IMPORTS

urlpatterns = [
    page("imports/", views.imports, right=SEE, name="imports", methods=("GET", "POST")),
    page("imports/<int:pk>/", views.batch, right=SEE, name="import"),
    page("imports/<int:pk>/progress/", views.progress, right=SEE, name="import_progress"),
    page("imports/<int:pk>/columns/", views.columns, right=SEE, name="import_columns", methods=("POST",)),
    page("imports/<int:pk>/fix/", views.fix, right=SEE, name="import_fix", methods=("POST",)),
    page("imports/<int:pk>/write/", views.write, right=SEE, name="import_write", methods=("POST",)),
    page("imports/<int:pk>/check/", views.check, right=SEE, name="import_check", methods=("POST",)),
    page("imports/<int:pk>/undo/", views.undo, right=SEE, name="import_undo", methods=("POST",)),
    page("imports/<int:pk>/drop/", views.drop, right=SEE, name="import_drop", methods=("POST",)),
    page("imports/<int:pk>/faults.xlsx", views.faults_file, right=SEE, name="import_faults"),
    page("imports/<int:pk>/file/", views.original, right=SEE, name="import_file"),
    page("imports/template/<str:kind>.xlsx", views.template, right=SEE, name="import_template"),
    page("exports/<str:kind>/", views.export, right=rights.EXPORT_DATA, name="export"),
]
