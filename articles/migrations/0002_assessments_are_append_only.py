"""An assessment is never rewritten: the database itself refuses to change or remove one."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION articles_refuse_assessment_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'An assessment is append-only: add a new one instead.' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER articles_assessment_unchanged
    BEFORE UPDATE OF verdict, rationale, rationale_ar, rationale_en, assessed_by_id, assessed_at
    ON articles_assessment
    FOR EACH ROW EXECUTE FUNCTION articles_refuse_assessment_change();
CREATE TRIGGER articles_assessment_kept
    BEFORE DELETE ON articles_assessment
    FOR EACH ROW EXECUTE FUNCTION articles_refuse_assessment_change();
"""
ALLOW = """
DROP TRIGGER articles_assessment_kept ON articles_assessment;
DROP TRIGGER articles_assessment_unchanged ON articles_assessment;
DROP FUNCTION articles_refuse_assessment_change();
"""


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_initial")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
