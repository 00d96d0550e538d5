"""What the desk's first page asks: whose a draft is, who returned it and why, and which language changed last.

The moments of the two languages are kept by a trigger, so that imports, bulk updates and raw SQL count too. Both columns
of one statement get one moment: a save of original and translation together leaves neither behind.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

TEXTS = {"articles_article": ("headline", "standfirst", "body"), "articles_claim": ("statement", "context")}

FUNCTION = """
CREATE FUNCTION {table}_note_language() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    is_new CONSTANT boolean := TG_OP = 'INSERT';
BEGIN
    IF is_new THEN
        NEW.arabic_changed_at := COALESCE(NEW.arabic_changed_at, statement_timestamp());
        NEW.english_changed_at := COALESCE(NEW.english_changed_at, statement_timestamp());
        RETURN NEW;
    END IF;
    NEW.arabic_changed_at := CASE
        WHEN ({new_ar}) IS DISTINCT FROM ({old_ar}) THEN statement_timestamp()
        ELSE GREATEST(OLD.arabic_changed_at, NEW.arabic_changed_at) END;
    NEW.english_changed_at := CASE
        WHEN ({new_en}) IS DISTINCT FROM ({old_en}) THEN statement_timestamp()
        ELSE GREATEST(OLD.english_changed_at, NEW.english_changed_at) END;
    RETURN NEW;
END $$;
CREATE TRIGGER {table}_note_language BEFORE INSERT OR UPDATE ON {table}
    FOR EACH ROW EXECUTE FUNCTION {table}_note_language();
"""


def functions() -> str:
    return "\n".join(
        FUNCTION.format(
            table=table,
            **{
                f"{row}_{language}": ", ".join(
                    f"COALESCE({row.upper()}.{text}_{language}, '')" for text in texts
                )
                for row in ("new", "old")
                for language in ("ar", "en")
            },
        )
        for table, texts in TEXTS.items()
    )


def no_functions() -> str:
    return "\n".join(
        f"DROP TRIGGER {table}_note_language ON {table}; DROP FUNCTION {table}_note_language();"
        for table in TEXTS
    )


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0006_suggestion_decisions"),
        ("people", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="article",
            name="arabic_changed_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="Arabic text changed at"),
        ),
        migrations.AddField(
            model_name="article",
            name="author",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="author",
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="english_changed_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="English text changed at"),
        ),
        migrations.AddField(
            model_name="article",
            name="return_note",
            field=models.TextField(blank=True, editable=False, verbose_name="note of the return"),
        ),
        migrations.AddField(
            model_name="article",
            name="returned_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="returned at"),
        ),
        migrations.AddField(
            model_name="article",
            name="returned_by",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="returned by",
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="submitted_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="submitted at"),
        ),
        migrations.AddField(
            model_name="article",
            name="submitted_by",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="submitted by",
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="arabic_changed_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="Arabic text changed at"),
        ),
        migrations.AddField(
            model_name="claim",
            name="author",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="author",
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="english_changed_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="English text changed at"),
        ),
        migrations.AddField(
            model_name="claim",
            name="return_note",
            field=models.TextField(blank=True, editable=False, verbose_name="note of the return"),
        ),
        migrations.AddField(
            model_name="claim",
            name="returned_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="returned at"),
        ),
        migrations.AddField(
            model_name="claim",
            name="returned_by",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="returned by",
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="submitted_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="submitted at"),
        ),
        migrations.AddField(
            model_name="claim",
            name="submitted_by",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="submitted by",
            ),
        ),
        migrations.AddField(
            model_name="historicalarticle",
            name="author",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="author",
            ),
        ),
        migrations.AddField(
            model_name="historicalarticle",
            name="return_note",
            field=models.TextField(blank=True, editable=False, verbose_name="note of the return"),
        ),
        migrations.AddField(
            model_name="historicalarticle",
            name="returned_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="returned at"),
        ),
        migrations.AddField(
            model_name="historicalarticle",
            name="returned_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="returned by",
            ),
        ),
        migrations.AddField(
            model_name="historicalarticle",
            name="submitted_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="submitted at"),
        ),
        migrations.AddField(
            model_name="historicalarticle",
            name="submitted_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="submitted by",
            ),
        ),
        migrations.AddField(
            model_name="historicalclaim",
            name="author",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="author",
            ),
        ),
        migrations.AddField(
            model_name="historicalclaim",
            name="return_note",
            field=models.TextField(blank=True, editable=False, verbose_name="note of the return"),
        ),
        migrations.AddField(
            model_name="historicalclaim",
            name="returned_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="returned at"),
        ),
        migrations.AddField(
            model_name="historicalclaim",
            name="returned_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="returned by",
            ),
        ),
        migrations.AddField(
            model_name="historicalclaim",
            name="submitted_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="submitted at"),
        ),
        migrations.AddField(
            model_name="historicalclaim",
            name="submitted_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="submitted by",
            ),
        ),
        migrations.AddIndex(
            model_name="appearance",
            index=models.Index(
                models.OrderBy(models.F("updated_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("quote_state", "orphaned")),
                name="appearance_orphaned",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                models.F("author"),
                models.OrderBy(models.F("updated_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("status", "draft")),
                name="article_drafts_of_author",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                models.F("submitted_at"),
                models.F("id"),
                condition=models.Q(("status", "in_review")),
                name="article_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                models.F("publish_at"),
                models.F("id"),
                condition=models.Q(("status", "published")),
                name="article_due",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                models.OrderBy(models.F("updated_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(
                    models.Q(
                        models.Q(
                            ("arabic_changed_at__gt", models.F("english_changed_at")),
                            ("original_language", "ar"),
                            models.Q(
                                models.Q(
                                    ("headline_en__isnull", False),
                                    models.Q(("headline_en", ""), _negated=True),
                                ),
                                models.Q(
                                    ("body_en__isnull", False), models.Q(("body_en", ""), _negated=True)
                                ),
                                _connector="OR",
                            ),
                        ),
                        models.Q(
                            ("english_changed_at__gt", models.F("arabic_changed_at")),
                            ("original_language", "en"),
                            models.Q(
                                models.Q(
                                    ("headline_ar__isnull", False),
                                    models.Q(("headline_ar", ""), _negated=True),
                                ),
                                models.Q(
                                    ("body_ar__isnull", False), models.Q(("body_ar", ""), _negated=True)
                                ),
                                _connector="OR",
                            ),
                        ),
                        _connector="OR",
                    ),
                    models.Q(("status", "withdrawn"), _negated=True),
                ),
                name="article_stale",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                models.OrderBy(models.F("updated_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                name="article_last_changed",
            ),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                models.F("author"),
                models.OrderBy(models.F("updated_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("status", "draft")),
                name="claim_drafts_of_author",
            ),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                models.F("submitted_at"),
                models.F("id"),
                condition=models.Q(("status", "in_review")),
                name="claim_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                models.F("publish_at"),
                models.F("id"),
                condition=models.Q(("status", "published")),
                name="claim_due",
            ),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                models.OrderBy(models.F("updated_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(
                    models.Q(
                        models.Q(
                            ("arabic_changed_at__gt", models.F("english_changed_at")),
                            ("original_language", "ar"),
                            ("statement_en__isnull", False),
                            models.Q(("statement_en", ""), _negated=True),
                        ),
                        models.Q(
                            ("english_changed_at__gt", models.F("arabic_changed_at")),
                            ("original_language", "en"),
                            ("statement_ar__isnull", False),
                            models.Q(("statement_ar", ""), _negated=True),
                        ),
                        _connector="OR",
                    ),
                    models.Q(("status", "withdrawn"), _negated=True),
                ),
                name="claim_stale",
            ),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                models.OrderBy(models.F("updated_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                name="claim_last_changed",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("return_note", ""), ("returned_at__isnull", True)),
                    models.Q(
                        ("returned_at__isnull", False),
                        ("status", "draft"),
                        models.Q(("return_note", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="article_returned_with_note",
                violation_error_message="What is returned is a draft with a note that says what to do.",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("return_note", ""), ("returned_at__isnull", True)),
                    models.Q(
                        ("returned_at__isnull", False),
                        ("status", "draft"),
                        models.Q(("return_note", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="claim_returned_with_note",
                violation_error_message="What is returned is a draft with a note that says what to do.",
            ),
        ),
        migrations.RunSQL(functions(), no_functions()),
    ]
