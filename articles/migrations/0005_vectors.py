"""The vectors of articles and claims, where the server has pgvector.

Derived data without a model: `store.ensure()` makes its tables here, and again wherever encoding finds that the extension
has been installed since. A database without it stays without them, and search goes by words.
"""

from django.db import migrations


def make(apps, schema_editor):
    from articles.search.vectors.store import ensure

    ensure()


class Migration(migrations.Migration):
    dependencies = [("articles", "0004_reasons_in_both_languages_and_order_of_lists")]

    operations = [
        migrations.RunPython(make, migrations.RunPython.noop),
        migrations.RunSQL(
            migrations.RunSQL.noop,
            "DROP TABLE IF EXISTS articles_vector; DROP TABLE IF EXISTS articles_vectorstate;",
        ),
    ]
