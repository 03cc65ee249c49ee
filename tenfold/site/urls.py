"""All routes: each package's own, then sign-in and static papers."""

from django.urls import include, path

from tenfold.foundation.declare import house

urlpatterns = [
    *(path("", include(m.urls)) for m in house().manifests.values() if m.urls),
    path("accounts/", include("tenfold.foundation.access.accounts")),
]
