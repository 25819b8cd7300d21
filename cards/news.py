"""News from the lead: as its readers see it, and as a lead looks back on what went out."""

from collections.abc import Sequence

from microsoft_teams.cards import AdaptiveCard, CardElement, Container, ExecuteAction

from cards.choosing import short
from cards.parts import (
    Verb,
    button,
    card,
    heading,
    help_button,
    line,
    near,
    plain,
    quiet,
    reminders_button,
    whats_on_button,
)
from cards.session_parts import in_a_line
from hub.announcements import Announcement
from hub.nudges import Rule
from hub.spoken import counted_people, spoken_moment

#: Announcements on one page of what went out.
PAGE_SIZE = 5
WORDS_IN_A_LIST = 160


def news_card(announcement: Announcement) -> AdaptiveCard:
    """The news as its readers see it: what, from whom, and why they get it."""
    return card(
        f"News from the SEND Hub: {announcement.words}",
        news_body(announcement),
        _news_buttons(announcement),
    )


def news_body(announcement: Announcement) -> list[CardElement]:
    """The news itself, on its own card and in a preview of it."""
    session = announcement.session
    about = [near(f"About: {plain(in_a_line(session))}")] if session else []
    return [
        heading("News from the SEND Hub"),
        # A line break in what was typed is a new paragraph in the card's Markdown.
        line(plain(announcement.words).replace("\n", "\n\n")),
        *about,
        quiet(
            f"From {plain(announcement.author_name)}. You get this because it is for "
            f"{plain(announcement.for_whom)}."
        ),
    ]


def _news_buttons(announcement: Announcement) -> list[ExecuteAction]:
    session = announcement.session
    show = (
        [button("Show the session", Verb.SHOW_SESSION, session=str(session.id))] if session else []
    )
    return [*show, whats_on_button(), reminders_button(Rule.ANNOUNCEMENT)]


def news_titles(announcement: Announcement) -> list[str]:
    """What the news card's buttons say."""
    return [f"“{each.title}”" for each in _news_buttons(announcement)]


def sent_card(announcement: Announcement, *, again: bool) -> AdaptiveCard:
    """It is on its way; pressed again, it says so and sends nothing more."""
    title = "That has gone out already" if again else "Your news is on its way"
    when = spoken_moment(announcement.sent_at)
    text = f"Sent on {when} to {counted_people(announcement.recipients)}."
    return card(
        f"{title}. {text}",
        [
            heading(title),
            line(text),
            near(f"For {plain(announcement.for_whom)}.", subtle=True),
            Container(style="emphasis", items=news_body(announcement)),
        ],
        [
            button("What I announced", Verb.ANNOUNCED),
            button("Something else", Verb.ANNOUNCE),
            help_button(),
        ],
    )


def announced_card(
    announcements: Sequence[Announcement], page: int, *, has_more: bool
) -> AdaptiveCard:
    """What leads have announced, the newest first, with dates and counts."""
    title = "What has been announced"
    actions = [button("Announce", Verb.ANNOUNCE)]
    if page:
        actions.append(button("Later", Verb.ANNOUNCED, page=str(page - 1)))
    if has_more:
        actions.append(button("Earlier", Verb.ANNOUNCED, page=str(page + 1)))
    actions.append(help_button())
    nothing = [] if announcements else [line("Nothing yet.")]
    return card(
        f"{title}. "
        + ". ".join(
            f"{spoken_moment(each.sent_at)}: {at_a_glance(each)}" for each in announcements
        ),
        [heading(title), *nothing, *[_sent_row(each) for each in announcements]],
        actions,
    )


def _sent_row(announcement: Announcement) -> CardElement:
    to = f"To {counted_people(announcement.recipients)}, for {plain(announcement.for_whom)}"
    return Container(
        separator=True,
        items=[
            line(plain(at_a_glance(announcement))),
            near(f"{spoken_moment(announcement.sent_at)}, by {plain(announcement.author_name)}"),
            near(to, subtle=True),
        ],
    )


def at_a_glance(announcement: Announcement) -> str:
    """As much of the words as a list shows."""
    return short(announcement.words, WORDS_IN_A_LIST)
