"""Fill in, from the history, whose each record is and when each of its languages last changed.

A migration of its own: PostgreSQL alters no table in the transaction that has just updated its rows.
"""

from django.db import migrations

TEXTS = {"article": ("headline", "standfirst", "body"), "claim": ("statement", "context")}

AUTHORS = """
UPDATE articles_{model} AS record SET author_id = first.history_user_id
FROM (
    SELECT DISTINCT ON (id) id, history_user_id FROM articles_historical{model}
    WHERE history_type = '+' ORDER BY id, history_date, history_id
) AS first
WHERE first.id = record.id AND record.author_id IS NULL
    AND first.history_user_id IN (SELECT id FROM auth_user);
"""

# What changed in a language is seen from one version to the next; the first one changed both.
MOMENTS = """
UPDATE articles_{model} AS record
SET arabic_changed_at = COALESCE(seen.arabic, record.created_at),
    english_changed_at = COALESCE(seen.english, record.created_at)
FROM articles_{model} AS every
LEFT JOIN (
    SELECT id,
        max(history_date) FILTER (WHERE ar IS DISTINCT FROM ar_before) AS arabic,
        max(history_date) FILTER (WHERE en IS DISTINCT FROM en_before) AS english
    FROM (
        SELECT id, history_date, ar, en, lag(ar) OVER versions AS ar_before, lag(en) OVER versions AS en_before
        FROM (SELECT id, history_date, history_id, {ar} AS ar, {en} AS en FROM articles_historical{model}) AS texts
        WINDOW versions AS (PARTITION BY id ORDER BY history_date, history_id)
    ) AS steps
    GROUP BY id
) AS seen ON seen.id = every.id
WHERE every.id = record.id;
"""


def fingerprint(texts: tuple[str, ...], language: str) -> str:
    columns = ", ".join(f"COALESCE({text}_{language}, '')" for text in texts)
    return f"md5(concat_ws(chr(31), {columns}))"


class Migration(migrations.Migration):
    dependencies = [("articles", "0007_what_waits_on_the_desk")]

    operations = [
        migrations.RunSQL(
            "".join(
                AUTHORS.format(model=model)
                + MOMENTS.format(model=model, ar=fingerprint(texts, "ar"), en=fingerprint(texts, "en"))
                for model, texts in TEXTS.items()
            ),
            migrations.RunSQL.noop,
        )
    ]
