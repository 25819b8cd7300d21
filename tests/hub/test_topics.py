"""Which topics are the same, and what is wanted most: rules by tables and by random cases."""

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.topics import (
    NEEDS,
    NO_NEED,
    Asker,
    Topic,
    WantedTopic,
    demand,
    is_same_topic,
    same_topic,
)
from hub.understanding import TOPICS


@pytest.mark.parametrize(
    ("one", "need", "other", "other_need", "is_same"),
    [
        ("selective mutism", "slcn", "Selective Mutism!", "slcn", True),
        ("selective mutism", "slcn", "mutism, selective", None, True),
        ("a clinic about selective mutism", "slcn", "selective mutism please", "slcn", True),
        ("selective mutism", "slcn", "selective mutism in Reception", "slcn", True),
        ("dyspraxia in PE", "dcd", "dyspraxia and PE lessons", "dcd", True),
        ("transition to Year 7", None, "transitions to year 7", None, True),
        ("selective mutism", "slcn", "stammering", "slcn", False),
        ("ADHD and sleep", "adhd", "ADHD and homework", "adhd", False),
        ("transition to Year 7", None, "transition to Year 7", "semh", True),
        ("reading for pleasure", "dyslexia", "reading for pleasures", None, False),
        ("packed lunches", None, "quiet corners", None, False),
        ("the", None, "a", None, False),
    ],
)
def test_what_counts_as_the_same_topic(one, need, other, other_need, is_same):
    assert is_same_topic(one, need, other, other_need) is is_same
    assert is_same_topic(other, other_need, one, need) is is_same


words = st.text(max_size=60)
needs = st.sampled_from([None, *TOPICS])


@given(words, needs, words, needs)
def test_sameness_is_mutual_and_a_topic_is_the_same_as_itself(one, need, other, other_need):
    assert is_same_topic(one, need, one, None)
    if is_same_topic(one, need, other, other_need):
        assert same_topic(other, other_need, [Topic(uuid4(), one, need, 1)])


askers = st.builds(
    lambda number: Asker(PEOPLE[number], f"Person {number}", f"School {'ABC'[number % 3]}"),
    st.integers(0, 8),
)
PEOPLE = [uuid4() for _ in range(9)]
wanted_topics = st.builds(
    WantedTopic,
    st.uuids(),
    words,
    st.sampled_from([None, "unheard-of", *TOPICS[:4]]),
    st.lists(askers, min_size=1, unique_by=lambda asker: asker.person_id).map(tuple),
)


@given(st.lists(wanted_topics, max_size=12))
def test_demand_counts_everybody_once_a_need_and_loses_no_topic(topics):
    needs = demand(topics)

    assert sorted(each.id for need in needs for each in need.topics) == sorted(
        each.id for each in topics
    )
    assert [need.people for need in needs] == sorted((n.people for n in needs), reverse=True)
    for need in needs:
        people = {asker.person_id for topic in need.topics for asker in topic.askers}
        assert need.people == len(people) == sum(count for _, count in need.by_school)
        assert need.title
        voices = [len(topic.askers) for topic in need.topics]
        assert voices == sorted(voices, reverse=True)


def test_every_need_has_a_name():
    assert set(TOPICS) | {NO_NEED} == set(NEEDS)
