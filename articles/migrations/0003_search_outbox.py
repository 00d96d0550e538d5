"""The search outbox: every change of what is searched leaves a row in the same transaction, whoever makes it.

The triggers see admin forms, bulk updates, imports and raw SQL alike. The indexer reads the rows that its last snapshot
did not show (see articles/search/outbox.py), so `xid` is all that orders them.
"""

from django.db import migrations

# Table, and in pairs the kind of record to look at again and the column that names it.
WATCHED = {
    "articles_article": ["article", "id"],
    "articles_mention": ["article", "article_id"],
    "articles_claim": ["claim", "id"],
    "articles_claim_people": ["claim", "claim_id"],
    "articles_claim_organisations": ["claim", "claim_id"],
    "articles_appearance": ["claim", "claim_id"],
    "articles_source": ["appearance", "appearance_id"],
    "articles_outlet": ["outlet", "id"],
    "articles_outletname": ["outlet", "outlet_id"],
    "people_person": ["person", "id"],
    "people_organisation": ["organisation", "id"],
    "people_name": ["person", "person_id", "organisation", "organisation_id"],
}
OPERATIONS = {
    "INSERT": "REFERENCING NEW TABLE AS after_change",
    "UPDATE": "REFERENCING OLD TABLE AS before_change NEW TABLE AS after_change",
    "DELETE": "REFERENCING OLD TABLE AS before_change",
    "TRUNCATE": "",
}

CREATE = """
CREATE TABLE articles_searchchange (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text NOT NULL,
    record_id bigint NOT NULL,
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    changed_at timestamptz NOT NULL DEFAULT transaction_timestamp()
);
CREATE INDEX articles_searchchange_xid ON articles_searchchange (xid);

CREATE FUNCTION articles_note_search_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    rows_changed text := CASE TG_OP
        WHEN 'INSERT' THEN 'SELECT %2$I AS record_id FROM after_change'
        WHEN 'DELETE' THEN 'SELECT %2$I AS record_id FROM before_change'
        ELSE 'SELECT %2$I AS record_id FROM before_change UNION SELECT %2$I FROM after_change'
    END;
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        EXECUTE format('INSERT INTO %I.articles_searchchange (kind, record_id) VALUES (''everything'', 0)', TG_TABLE_SCHEMA);
    ELSE
        FOR pair IN 0 .. TG_NARGS - 1 BY 2 LOOP
            EXECUTE format(
                'INSERT INTO %3$I.articles_searchchange (kind, record_id) '
                'SELECT DISTINCT %1$L, record_id FROM (' || rows_changed || ') AS changed WHERE record_id IS NOT NULL',
                TG_ARGV[pair], TG_ARGV[pair + 1], TG_TABLE_SCHEMA
            );
        END LOOP;
    END IF;
    NOTIFY articles_search;
    RETURN NULL;
END $$;
"""


def triggers() -> str:
    statements = []
    for table, arguments in WATCHED.items():
        quoted = ", ".join(f"'{argument}'" for argument in arguments)
        statements += [
            f"CREATE TRIGGER articles_search_{operation.lower()} AFTER {operation} ON {table} {transition} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION articles_note_search_change({quoted});"
            for operation, transition in OPERATIONS.items()
        ]
    return "\n".join(statements)


def no_triggers() -> str:
    return "\n".join(
        f"DROP TRIGGER articles_search_{operation.lower()} ON {table};"
        for table in WATCHED
        for operation in OPERATIONS
    )


class Migration(migrations.Migration):
    dependencies = [("articles", "0002_assessments_are_append_only"), ("people", "0001_initial")]

    operations = [
        migrations.RunSQL(
            CREATE, "DROP FUNCTION articles_note_search_change(); DROP TABLE articles_searchchange;"
        ),
        migrations.RunSQL(triggers(), no_triggers()),
    ]
