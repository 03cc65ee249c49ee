"""The database itself keeps frozen lights and the list of changes as they were written."""

from django.db import migrations

from tenfold.foundation.audit.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("programme", "0001_initial")]

    operations = [AppendOnly("programme_frozenlight"), AppendOnly("programme_change")]
