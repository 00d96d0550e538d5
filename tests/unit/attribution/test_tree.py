"""How a claim travelled, drawn from its origins down."""

from datetime import date

from articles.attribution import Publication, Stance, attribution_tree
from articles.choices import AppearanceKind, Certainty
from tests.unit.attribution.cast import (
    AFP,
    CLOSE_SOURCES,
    DARAJ,
    HERALD,
    KADHIMI,
    OFFICIALS,
    POST,
    REUTERS,
    WITNESSES,
    drawn,
    outlet,
    told,
)

OWN = AppearanceKind.OWN_REPORTING
HEADLINE = AppearanceKind.HEADLINE


def test_the_chains_of_all_tellings_merge_from_their_origins_down():
    report = Publication("report", REUTERS)
    tree = attribution_tree(
        [
            told(DARAJ, REUTERS, (OFFICIALS, CLOSE_SOURCES), key="body", article="daraj"),
            told(DARAJ, key="headline", article="daraj", kind=HEADLINE),
            told(HERALD, OFFICIALS, key="copy", copy_of=report),
            told(POST, REUTERS, key="bare"),
        ]
    )

    assert drawn(tree) == [
        (
            "security officials + sources described as close to armed groups",
            [],
            [
                (
                    "Reuters",
                    ["copy"],
                    [("The Washington Post", ["~bare"], []), ("Daraj", ["body", "~headline"], [])],
                )
            ],
        )
    ]
    [origin] = tree
    assert origin.is_unnamed
    assert origin.vouchers == (REUTERS,)
    [copy] = origin.children[0].tellings
    assert copy.is_copy


def test_sources_that_must_not_merge_stand_apart():
    tree = attribution_tree(
        [
            told(DARAJ, REUTERS, OFFICIALS, key="1"),
            told(DARAJ, WITNESSES, key="2"),
            told(DARAJ, key="3", kind=OWN),
        ]
    )

    assert drawn(tree) == [
        ("security officials", [], [("Reuters", [], [("Daraj", ["1"], [])])]),
        ("witnesses", [], [("Daraj", ["2"], [])]),
        ("Daraj", ["3"], []),
    ]


def test_the_report_of_an_outlet_hangs_where_those_who_cite_it_begin():
    tree = attribution_tree(
        [told(HERALD, REUTERS, KADHIMI, key="site"), told(REUTERS, KADHIMI, key="report")]
    )

    assert drawn(tree) == [
        ("Mustafa al-Kadhimi", [], [("Reuters", ["report"], [("Example Herald", ["site"], [])])])
    ]


def test_who_cites_an_outlet_hangs_below_its_own_reporting():
    tree = attribution_tree([told(HERALD, DARAJ, key="site"), told(DARAJ, kind=OWN, key="own")])

    assert drawn(tree) == [("Daraj", ["own"], [("Example Herald", ["~site"], [])])]


def test_a_headline_hangs_beside_its_own_article():
    tree = attribution_tree(
        [
            told(DARAJ, WITNESSES, key="1", article="other"),
            told(DARAJ, REUTERS, OFFICIALS, key="2", article="this"),
            told(DARAJ, kind=HEADLINE, key="3", article="this"),
        ]
    )

    assert drawn(tree) == [
        ("witnesses", [], [("Daraj", ["1"], [])]),
        ("security officials", [], [("Reuters", [], [("Daraj", ["2", "~3"], [])])]),
    ]


def test_what_is_known_of_each_voice_is_put_together_over_several_tellings():
    tree = attribution_tree(
        [told(POST, DARAJ, key="1"), told(DARAJ, REUTERS, key="2"), told(HERALD, REUTERS, AFP, key="3")]
    )

    assert drawn(tree) == [
        (
            "AFP",
            [],
            [
                (
                    "Reuters",
                    [],
                    [("Daraj", ["~2"], [("The Washington Post", ["~1"], [])]), ("Example Herald", ["3"], [])],
                )
            ],
        )
    ]


def test_an_outlet_that_cites_itself_among_others_does_not_become_an_origin():
    tree = attribution_tree(
        [told(DARAJ, key="1", article="a"), told(DARAJ, (DARAJ, REUTERS), key="2", article="a")]
    )

    assert drawn(tree) == [("Daraj + Reuters", [], [("Daraj", ["~1", "2"], [])])]


def test_circles_end():
    assert drawn(attribution_tree([told(DARAJ, DARAJ, key="1")])) == [("Daraj", ["1"], [])]
    assert drawn(attribution_tree([told(HERALD, POST, key="1"), told(POST, HERALD, key="2")])) == [
        ("The Washington Post", [], [("Example Herald", ["1"], [])]),
        ("Example Herald", [], [("The Washington Post", ["2"], [])]),
    ]


def test_an_article_of_unknown_publisher_is_a_node_without_speakers():
    assert drawn(attribution_tree([told(None, REUTERS, key="1")])) == [("Reuters", [], [("", ["1"], [])])]


def test_outlets_of_one_house_share_a_node():
    arabic, english = outlet("example arabic", house="example"), outlet("example english", house="example")
    tree = attribution_tree([told(HERALD, arabic, key="1"), told(POST, english, key="2")])

    assert drawn(tree) == [
        (
            "example arabic + example english",
            [],
            [("Example Herald", ["1"], []), ("The Washington Post", ["2"], [])],
        )
    ]


def test_branches_come_as_they_were_told_and_undated_ones_last():
    tree = attribution_tree(
        [
            told(DARAJ, key="a"),
            told(HERALD, key="b", published_on=date(2021, 11, 9)),
            told(POST, AFP, key="c", published_on=date(2021, 11, 8)),
        ]
    )

    assert [root.speakers for root in tree] == [(AFP,), (HERALD,), (DARAJ,)]


def test_denials_have_roots_of_their_own():
    tree = attribution_tree(
        [told(HERALD, DARAJ, key="denied", certainty=Certainty.DENIED), told(POST, DARAJ, key="said")]
    )

    assert [(root.stance, root.children[0].tellings[0].telling.key) for root in tree] == [
        (Stance.SAID, "said"),
        (Stance.DENIED, "denied"),
    ]


def test_a_thousand_tellings_each_citing_the_one_before_are_drawn():
    sites = [outlet(f"site {n:04}") for n in range(1000)]
    tellings = [
        told(site, before, key=site.key) for before, site in zip([REUTERS, *sites], sites, strict=False)
    ]

    depth, nodes = 0, attribution_tree(tellings)
    while nodes:
        depth, nodes = depth + 1, nodes[0].children

    assert depth == 1001
