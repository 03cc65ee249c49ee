"""The rows that somebody sent are sealed at rest; what stood in plain text is sealed on the way."""

from django.db import migrations, models

import tenfold.foundation.fields
from tenfold.foundation.fields.keys import seal

COLUMNS = ("cells", "corrections", "flaws")
CHUNK = 1000


def seal_rows(apps, schema_editor):
    """Seal what is plain, chunk by chunk in the order of the keys."""
    with schema_editor.connection.cursor() as cursor:
        last = 0
        while True:
            cursor.execute(
                "SELECT id, cells, corrections, flaws FROM exchange_stagedrow WHERE id > %s ORDER BY id LIMIT %s",
                [last, CHUNK],
            )
            rows = cursor.fetchall()
            if not rows:
                return
            for pk, *values in rows:
                sealed = [
                    value if value is None else seal(value, f"exchange_stagedrow.{column}")
                    for column, value in zip(COLUMNS, values, strict=True)
                ]
                cursor.execute(
                    "UPDATE exchange_stagedrow SET cells = %s, corrections = %s, flaws = %s WHERE id = %s",
                    [*sealed, pk],
                )
            last = rows[-1][0]


class Migration(migrations.Migration):
    dependencies = [("exchange", "0003_undo")]

    operations = [
        migrations.AddField("batch", "format", models.CharField(blank=True, default="", max_length=4)),
        migrations.AddField("batch", "preset", models.CharField(blank=True, default="", max_length=60)),
        migrations.AlterField("stagedrow", "cells", tenfold.foundation.fields.EncryptedJSON(default=list)),
        migrations.AlterField("stagedrow", "corrections", tenfold.foundation.fields.EncryptedJSON(null=True)),
        migrations.AlterField("stagedrow", "flaws", tenfold.foundation.fields.EncryptedJSON(null=True)),
        migrations.RunPython(seal_rows, migrations.RunPython.noop),
    ]
