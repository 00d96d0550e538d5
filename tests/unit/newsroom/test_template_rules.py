"""The rules of templates and stylesheets."""

import pytest

from newsroom.template_rules import stylesheet_faults, template_faults


def faults(source: str, *, is_component: bool = False) -> list[str]:
    return list(template_faults(source, is_component=is_component))


@pytest.mark.parametrize(
    "source",
    [
        '<p>{% translate "By" %} {{ claim.outlet }}</p>',
        "<p>{% blocktranslate trimmed %}First told by {{ outlet }}{% endblocktranslate %}</p>",
        "<p>{# why this is so #}{% comment %}words{% endcomment %} · 12 — &copy;</p>",
        '<span translate="no">PostgreSQL</span> Isnad إسناد',
        '<input type="search" name="query" class="large" aria-label="{% translate "Search" %}">',
        '<script src="{% static "newsroom/js/site.js" %}" defer></script>',
        '<script type="application/ld+json">{"@type": "Claim"}</script>',
        '{% if wide %}<div class="a">{% else %}<div class="b">{% endif %}</div>',
        "{% block bodyclass %}{{ block.super }} app-articles{% endblock %}",
        "<{{ heading }}{{ title|language_attributes }}>{{ title }}</{{ heading }}>",
    ],
)
def test_what_a_template_may_say(source):
    assert faults(source) == []


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("<p>\nFirst told by {{ outlet }}</p>", "text “First told by” cannot be translated"),
        ('<img src="a" alt="A tree">', "alt “tree” cannot be translated"),
        ('<p title="{% if a %}Why{% endif %}">', "title “Why” cannot be translated"),
        ('<input type="submit" value="Search">', "value “Search” cannot be translated"),
        ('<meta name="description" content="News">', "content “News” cannot be translated"),
        ('<p style="margin-left: 1rem">', "inline style"),
        ("<style>p { color: red }</style>", "inline style"),
        ("<script>alert(1)</script>", "inline script"),
        ('<a onclick="go()">', "inline script in onclick"),
        ('<a href="JavaScript:go()">', "inline script in href"),
    ],
)
def test_what_a_template_may_not_say(source, fault):
    [found] = faults(source)

    assert fault in found


def test_a_fault_names_its_line():
    [found] = faults(
        "{% comment %}two\nlines{% endcomment %}\n{# three #}\n{% if a %}<p>words</p>{% endif %}"
    )

    assert found.startswith("4: ")


def test_a_component_says_what_it_takes():
    assert faults("{# A verdict. Takes label. #}<p>{{ label }}</p>", is_component=True) == []
    assert "begins with a comment" in faults("<p>{{ label }}</p>", is_component=True)[0]


@pytest.mark.parametrize(
    "rule",
    [
        "margin-inline-start: 1rem",
        "inset-inline-start: 0",
        "text-align: start",
        "--left: 1px",
        "transform-origin: left",
        "/* margin-left: 0 */",
        "left: 0; /* physical: the map's west */",
    ],
)
def test_what_a_stylesheet_may_say(rule):
    assert list(stylesheet_faults(f"p {{ {rule} }}")) == []


@pytest.mark.parametrize(
    "rule",
    [
        "margin-left: 1rem",
        "padding-right:0",
        "border-left-width: 1px",
        "border-top-right-radius: 0",
        "left: 0",
        "text-align: right",
        "float:left",
        "scroll-margin-left: 0",
    ],
)
def test_what_a_stylesheet_may_not_say(rule):
    [found] = stylesheet_faults(f"/* two\nlines */\np {{ {rule} }}")

    assert found.startswith("3: ")
