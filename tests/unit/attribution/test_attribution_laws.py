"""What must hold of any claim, however oddly it is told."""

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from articles.attribution import (
    Publication,
    Speaker,
    SpeakerKind,
    Stance,
    Telling,
    attribution_tree,
    origin_count,
    origins,
    summary_sentence,
    tally,
)
from articles.choices import Certainty
from tests.unit.attribution.cast import all_nodes, chain, outlet
from tests.unit.attribution.worlds import DESCRIBED, NAMED, OUTLETS, World, worlds

ANY_STANCE = list(Certainty)
NEWCOMER = outlet("newcomer")


def read_everything(tellings) -> tuple:
    return (
        attribution_tree(tellings),
        [origins(tellings, stance=stance) for stance in Stance],
        [tally(tellings, stance=stance) for stance in Stance],
        [summary_sentence(tellings, language) for language in ("ar", "en")],
    )


@given(worlds(certainties=ANY_STANCE), st.data())
def test_the_order_of_the_tellings_and_a_repeated_one_change_nothing(world, data):
    shuffled = data.draw(st.permutations(world.tellings))

    assert read_everything([*shuffled, shuffled[0]]) == read_everything(world.tellings)


@given(worlds(), st.data())
def test_a_copy_of_a_told_original_never_changes_the_count(world, data):
    original = data.draw(st.sampled_from(world.tellings))
    assume(not original.is_copy)
    sources = st.lists(
        st.lists(st.sampled_from([*world.outlets.values(), *NAMED, *DESCRIBED]), max_size=2), max_size=3
    )
    copy = Telling(
        "copy",
        Publication("copy", NEWCOMER, original.publication),
        chain=chain(*map(tuple, data.draw(sources))),
    )

    assert origin_count([*world.tellings, copy]) == origin_count(world.tellings)


@given(worlds(), st.data())
def test_a_copy_that_says_no_more_than_what_it_copies_never_raises_the_count(world, data):
    copied = data.draw(st.sampled_from(world.tellings))
    length = data.draw(st.integers(0, len(copied.chain)))
    copy = Telling("copy", Publication("copy", NEWCOMER, copied.publication), chain=copied.chain[:length])

    assert origin_count([*world.tellings, copy]) <= origin_count(world.tellings)


@given(worlds(with_copies=False), st.data())
def test_citing_someone_already_known_never_raises_the_count(world, data):
    known = data.draw(st.sampled_from(world.tellings))
    whole = chain(*([known.outlet] if known.outlet else []), *known.steps)
    starts = [place for place, step in enumerate(whole) if all(speaker.is_named for speaker in step)]
    assume(starts)
    start = data.draw(st.sampled_from(starts))
    stop = data.draw(st.integers(start + 1, len(whole)))
    citing = Telling("citing", Publication("citing", NEWCOMER), chain=whole[start:stop])

    assert origin_count([*world.tellings, citing]) <= origin_count(world.tellings)


@given(worlds(), st.sampled_from(OUTLETS), st.sampled_from(OUTLETS))
def test_an_outlet_that_joins_a_house_never_raises_the_count(world, joining, house):
    assume(not world.outlets[joining].house)

    assert origin_count(world.with_house(joining, house).tellings) <= origin_count(world.tellings)


@given(worlds())
def test_there_is_an_origin_and_there_are_no_more_than_last_named_sources(world):
    last_named = sum(len(telling.steps[-1]) if telling.steps else 1 for telling in world.tellings)

    assert 1 <= origin_count(world.tellings) <= last_named


@given(worlds(certainties=ANY_STANCE))
def test_the_count_is_the_number_of_origins_and_each_telling_goes_back_to_some(world):
    for stance in Stance:
        found = origins(world.tellings, stance=stance)

        assert len(found) == origin_count(world.tellings, stance=stance)
        assert {telling for origin in found for telling in origin.tellings} == {
            telling for telling in world.tellings if telling.stance == stance
        }


@given(worlds(certainties=ANY_STANCE))
def test_each_telling_hangs_in_the_tree_once_and_on_its_own_side(world):
    nodes = all_nodes(attribution_tree(world.tellings))
    hanging = [(leaf.telling.key, node.stance) for node in nodes for leaf in node.tellings]

    assert sorted(hanging) == sorted((telling.key, telling.stance) for telling in world.tellings)


@given(worlds())
def test_a_branch_ends_with_a_telling(world):
    assert all(node.children or node.tellings for node in all_nodes(attribution_tree(world.tellings)))


@given(worlds())
def test_roots_and_origins_are_each_others(world):
    roots = [identities(root.speakers) for root in attribution_tree(world.tellings)]
    ends = [identities(origin.speakers) for origin in origins(world.tellings)]

    assert all(any(root & end for end in ends) for root in roots)
    assert all(any(root & end for root in roots) for end in ends)


@given(worlds())
def test_branches_beside_each_other_are_never_the_same_step(world):
    tree = attribution_tree(world.tellings)
    for siblings in [tree, *(node.children for node in all_nodes(tree))]:
        # The same words describe other people where another source vouches for them.
        steps = [
            node.speakers for node in siblings if node.speakers and all(map(is_identified, node.speakers))
        ]
        assert len(steps) == len(set(steps))


@given(worlds())
def test_a_new_name_without_a_chain_adds_one_origin_at_most(world):
    stranger = Telling("stranger", Publication("stranger", NEWCOMER))

    assert origin_count([*world.tellings, stranger]) == origin_count(world.tellings) + 1


@given(worlds())
def test_what_the_speakers_were_made_from_plays_no_part(world):
    marked = World(
        {key: replace(speaker, record=object()) for key, speaker in world.outlets.items()}, world.tellings
    ).with_house("o0", world.outlets["o0"].house)

    assert origin_count(marked.tellings) == origin_count(world.tellings)
    assert attribution_tree(marked.tellings) == attribution_tree(world.tellings)


def is_identified(speaker: Speaker) -> bool:
    return speaker.kind != SpeakerKind.UNNAMED


def identities(speakers: tuple[Speaker, ...]) -> set:
    """What the speakers can be recognised by, whatever roles they are given."""
    marks = {(speaker.kind, speaker.key, speaker.name_ar, speaker.name_en) for speaker in speakers}
    return marks or {"unknown publisher"}
