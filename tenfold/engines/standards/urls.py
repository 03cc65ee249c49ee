"""Routes of the self-assessment."""

from tenfold.foundation.declare import page

from . import rights, views

_ITEM = "standards/<str:standard>/items/<str:item>/"

urlpatterns = [
    page("standards/", views.index, right=rights.SEE_ASSESSMENT, name="standards"),
    page("standards/<str:standard>/", views.standard, right=rights.SEE_ASSESSMENT, name="standard"),
    page("standards/<str:standard>/table.xlsx", views.table, right=rights.SEE_ASSESSMENT, name="standard_table"),
    page("standards/<str:standard>/schools/<str:code>/", views.school, right=rights.SEE_ASSESSMENT,
         name="standard_school"),
    page(_ITEM, views.item, right=rights.SEE_ASSESSMENT, name="standard_item"),
    page("standards/materials/<int:pk>/", views.material, right=rights.SEE_ASSESSMENT, name="standard_material"),
    page(f"{_ITEM}enter", views.enter, right=rights.ENTER_ITEMS, name="standard_item_enter", methods=("POST",)),
    page(f"{_ITEM}decide", views.decide, right=rights.CONFIRM_ITEMS, name="standard_item_decide", methods=("POST",)),
]  # fmt: skip
