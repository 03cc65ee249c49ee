import mimetypes

import django.db.models.deletion
from django.db import migrations, models


def keep(apps, schema_editor):
    """Every import that still has its file gets a record of it; the contents stay where they lie until they are swept."""
    batch, stored = apps.get_model("exchange", "Batch"), apps.get_model("files", "StoredFile")
    for held in batch.objects.exclude(stored="").iterator():
        held.file = stored.objects.create(
            organisation_id=held.organisation_id,
            digest=held.stored,
            name=held.filename,
            size=held.size,
            media_type=mimetypes.guess_type(held.filename)[0] or "application/octet-stream",
            who=held.uploader,
            who_name=held.uploader_name,
        )
        held.save(update_fields=["file"])


class Migration(migrations.Migration):
    dependencies = [("exchange", "0001_initial"), ("files", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="batch",
            name="file",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile"
            ),
        ),
        migrations.RunPython(keep, migrations.RunPython.noop),
        migrations.RemoveField(model_name="batch", name="stored"),
    ]
