"""Topics for clinics to come: what staff ask for, and, for the lead, how much and where."""

from collections.abc import Sequence

from microsoft_teams.cards import (
    ActionSet,
    AdaptiveCard,
    CardElement,
    Container,
    ExecuteAction,
    TextBlock,
    TextInput,
)

from cards.choosing import short
from cards.parts import (
    Verb,
    button,
    card,
    form_button,
    heading,
    help_button,
    line,
    near,
    plain,
    quiet,
    suggest_topic_button,
)
from hub.spoken import counted, spoken_list
from hub.topics import LONGEST_TOPIC, NEEDS, NO_NEED, Asker, Demand, Part, Topic, WantedTopic

#: The field in which somebody writes what they would like a clinic on.
TOPIC_INPUT = "topic"
#: Three topics, a new one and two ways to page make six buttons.
PAGE_SIZE = 3
#: Needs on one page of the lead's view, each with a button; two ways to page and back make six.
NEEDS_PAGE = 3
#: Of one need the lead reads this many wordings at a glance, and all on its own card.
WORDS_AT_A_GLANCE = 3
#: Schools named before the rest are only counted.
NAMED_SCHOOLS = 6
#: People named before the rest are only counted.
NAMED_PEOPLE = 8
#: How much of somebody's words a list shows.
WORDS_IN_A_LIST = 120


def topics_card(
    topics: Sequence[Topic],
    idea_id: str,
    *,
    page: int = 0,
    intro: str = "",
    undo: ExecuteAction | None = None,
) -> AdaptiveCard:
    """What has been asked for this school year, and room for something new.

    ``idea_id`` is the id that a new topic will have, so that a second tap finds the first.
    """
    shown = topics[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]
    actions = [form_button("Suggest this", Verb.PROPOSE_TOPIC, style="positive", idea=idea_id)]
    if undo:
        actions.append(undo)
    if page:
        actions.append(button("More wanted", Verb.TOPICS, page=str(page - 1)))
    if len(topics) > (page + 1) * PAGE_SIZE and len(actions) < PAGE_SIZE:
        actions.append(button("See others", Verb.TOPICS, page=str(page + 1)))
    title = intro or "What shall the next clinics be about?"
    listed = [_row(each) for each in shown] or [
        line("Nobody has suggested a topic yet this school year. Yours could be the first.")
    ]
    return card(
        f"{title} " + ". ".join(f"{each.words}: {_how_many(each)}" for each in shown),
        [
            heading(title),
            quiet("The SEND Lead sees what is asked for. Nobody else sees who asked."),
            *listed,
            _new_topic(""),
        ],
        actions,
    )


def _row(topic: Topic) -> CardElement:
    about = f"{NEEDS[topic.need]}. " if topic.need in NEEDS else ""
    return Container(
        separator=True,
        items=[
            TextBlock(text=plain(topic.words), weight="Bolder", wrap=True),
            near(f"{about}{_how_many(topic)}", subtle=True),
            ActionSet(actions=[_own_button(topic)]),
        ],
    )


def _how_many(topic: Topic) -> str:
    others = topic.people - 1
    if topic.own is None:
        verb = "would" if topic.people == 1 else "all would"
        return f"{counted(topic.people, 'colleague')} {verb} like this"
    if not others:
        return "You would like this"
    return f"You and {counted(others, 'colleague')} would like this"


def _own_button(topic: Topic) -> ExecuteAction:
    idea = str(topic.id)
    match topic.own:
        case Part.PROPOSED:
            return button("Withdraw", Verb.WITHDRAW_TOPIC, idea=idea)
        case Part.SUPPORTS:
            return button("Take back", Verb.WITHDRAW_TOPIC, idea=idea)
        case _:
            return button("Me too", Verb.SUPPORT_TOPIC, idea=idea)


def _new_topic(words: str) -> TextInput:
    return TextInput(
        id=TOPIC_INPUT,
        label="What would you like a clinic on?",
        placeholder="A need or a situation, no names of pupils",
        max_length=LONGEST_TOPIC,
        value=words or None,
    )


def already_asked_card(topic: Topic, words: str, idea_id: str) -> AdaptiveCard:
    """Somebody asked for the same: support theirs, or say that one's own is different."""
    title = "Somebody else asked for that too"
    return card(
        f"{title}: {topic.words}. {_how_many(topic)}.",
        [
            heading(title),
            line("One topic with many voices is heard best. Is this what you mean?"),
            _row(topic),
            _new_topic(words),
        ],
        [
            form_button("Mine is different", Verb.PROPOSE_TOPIC, idea=idea_id, another="yes"),
            button("See all topics", Verb.TOPICS),
        ],
    )


def undo_button(topic: Topic) -> ExecuteAction:
    """The way back from a slip of the thumb."""
    return button("Undo", Verb.SUPPORT_TOPIC, idea=str(topic.id))


def demand_card(needs: Sequence[Demand], page: int) -> AdaptiveCard:
    """For the lead: what is wanted, by need and school, most wanted first."""
    title = "What people want clinics on"
    if not needs:
        text = "Nobody has asked for a topic yet this school year."
        return card(
            f"{title}. {text}",
            [heading(title), line(text)],
            [suggest_topic_button(), help_button()],
        )
    shown = needs[page * NEEDS_PAGE : (page + 1) * NEEDS_PAGE]
    actions = []
    if page:
        actions.append(button("More wanted", Verb.DEMAND, page=str(page - 1)))
    if len(needs) > (page + 1) * NEEDS_PAGE:
        actions.append(button("Less wanted", Verb.DEMAND, page=str(page + 1)))
    actions.append(help_button())
    return card(
        f"{title}: " + ". ".join(f"{each.title}, {_spread(each)}" for each in shown),
        [heading(title), quiet("This school year."), *[_need_row(each) for each in shown]],
        actions,
        refresh=button("Refresh", Verb.DEMAND, page=str(page)),
    )


def _need_row(need: Demand) -> CardElement:
    glance = [
        near(f"“{plain(short(topic.words, WORDS_IN_A_LIST))}”")
        for topic in need.topics[:WORDS_AT_A_GLANCE]
    ]
    return Container(
        separator=True,
        items=[
            TextBlock(text=need.title, weight="Bolder", wrap=True),
            near(_spread(need)),
            near(_schools(need), subtle=True),
            *glance,
            ActionSet(actions=[button("Show", Verb.DEMAND, need=need.need)]),
        ],
    )


def _spread(need: Demand) -> str:
    people = "1 person" if need.people == 1 else f"{need.people} people"
    return f"{people} in {counted(len(need.by_school), 'school')}"


def _schools(need: Demand) -> str:
    named = [f"{plain(school)} {count}" for school, count in need.by_school[:NAMED_SCHOOLS]]
    more = len(need.by_school) - len(named)
    return ", ".join(named) + (f" and {counted(more, 'more school')}" if more else "")


def need_card(need: Demand, page: int) -> AdaptiveCard:
    """For the lead: each topic of one need, who asks for it, and the way to a clinic."""
    shown = need.topics[page * NEEDS_PAGE : (page + 1) * NEEDS_PAGE]
    actions = []
    if page:
        actions.append(button("Earlier", Verb.DEMAND, need=need.need, page=str(page - 1)))
    if len(need.topics) > (page + 1) * NEEDS_PAGE:
        actions.append(button("Later", Verb.DEMAND, need=need.need, page=str(page + 1)))
    actions.append(button("All needs", Verb.DEMAND))
    title = "Other topics" if need.need == NO_NEED else need.title
    return card(
        f"{title}: {_spread(need)}. " + ". ".join(topic.words for topic in shown),
        [
            heading(title),
            near(_spread(need)),
            near(_schools(need), subtle=True),
            *[_wanted_row(topic) for topic in shown],
        ],
        actions,
        refresh=button("Refresh", Verb.DEMAND, need=need.need, page=str(page)),
    )


def _wanted_row(topic: WantedTopic) -> CardElement:
    return Container(
        separator=True,
        items=[
            TextBlock(text=plain(topic.words), weight="Bolder", wrap=True),
            near(f"Asked for by {_people(topic.askers)}", subtle=True),
            ActionSet(actions=[button("Create a clinic", Verb.NEW_SESSION, idea=str(topic.id))]),
        ],
    )


def _people(askers: Sequence[Asker]) -> str:
    named = [f"{plain(short(each.name))} ({plain(short(each.school))})" for each in askers]
    if len(named) > NAMED_PEOPLE:
        rest = f"{len(named) - NAMED_PEOPLE} more"
        return spoken_list([*named[:NAMED_PEOPLE], rest])
    return spoken_list(named)
