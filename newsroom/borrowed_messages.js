/* Messages of the scripts of Django's admin that come without Arabic: see borrowed_messages.py. No page loads this file. */
[
  gettext("You have selected an action, and you haven’t made any changes on individual fields. You’re probably looking for the Run button rather than the Save button."),
  gettext("server"),
  ngettext("Note: Enter times in the %(timezone)s timezone. (You are %(offset)s hour ahead.)", "Note: Enter times in the %(timezone)s timezone. (You are %(offset)s hours ahead.)", 1),
  ngettext("Note: Enter times in the %(timezone)s timezone. (You are %(offset)s hour behind.)", "Note: Enter times in the %(timezone)s timezone. (You are %(offset)s hours behind.)", 1),
  gettext("Today (%(date)s)"),
  gettext("Yesterday (%(date)s)"),
  gettext("Tomorrow (%(date)s)"),
  gettext("Previous (%(month)s %(year)s)"),
  gettext("Next (%(month)s %(year)s)"),
  gettext("%(month)s %(day)s, %(year)s"),
  gettext("%s (today, current selection)"),
  gettext("%s (today)"),
  gettext("%s (current selection)"),
];
