"""Messages of Django and of the libraries that come without Arabic: named here, so that our catalogues carry them.

`tests/unit/locale` compares the list with what is installed: it grows and shrinks with each upgrade. The same for
scripts stands in `borrowed_messages.js`. Nothing imports either file; `makemessages` reads them.
"""

from django.utils.translation import gettext_noop, ngettext_lazy, pgettext_lazy

DJANGO = (
    gettext_noop("Haitian Creole"),
    gettext_noop("- Select an option -"),
    gettext_noop("“%(value)s” is not a valid binary value."),
    gettext_noop("No %s matches the given query."),
    pgettext_lazy("Task", "Ready"),
    pgettext_lazy("Task", "Running"),
    pgettext_lazy("Task", "Failed"),
    pgettext_lazy("Task", "Successful"),
)

DJANGO_ADMIN = (
    gettext_noop('The app "%s" could not be found.'),
    # Between the items of a list.
    gettext_noop(", "),
    ngettext_lazy("…and %(count)d more object.", "…and %(count)d more objects.", "count"),
    gettext_noop("Run"),
    gettext_noop("Filter by %(field_name)s"),
    gettext_noop(
        "Deleting the %(object_name)s “%(escaped_object)s” would result in deleting related objects, but your account "
        "doesn't have permission to delete the following types of objects:"
    ),
    gettext_noop(
        "Deleting the %(object_name)s “%(escaped_object)s” would require deleting the following protected related "
        "objects:"
    ),
    gettext_noop(
        "Are you sure you want to delete the %(object_name)s “%(escaped_object)s”? All of the following related items "
        "will be deleted:"
    ),
    gettext_noop("Pagination %(name)s entries"),
    gettext_noop("Pagination %(name)s"),
    gettext_noop("Search %(name)s"),
    gettext_noop("Logout"),
)

SIMPLE_HISTORY = (
    ngettext_lazy("entry", "entries", "counter"),
    gettext_noop("Deleted %(type_name)s"),
    gettext_noop("Changes"),
)

# These have an Arabic of their own that cannot be printed: misspelt, or not a word for what happened to a record.
REWORDED = (
    gettext_noop("Created"),
    gettext_noop("Changed"),
    gettext_noop("Deleted"),
)
