"""Writing news as a lead: the form, and the preview with its count."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from microsoft_teams.cards import (
    AdaptiveCard,
    CardElement,
    Choice,
    Container,
    ExecuteAction,
    TextInput,
    ToggleInput,
)

from cards.choosing import any_of, role_choices, school_choices, short
from cards.news import at_a_glance, news_body, news_titles
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
)
from cards.session_parts import in_a_line
from hub.announcements import LONGEST_NEWS, Announcement, Chosen, Recipients
from hub.booking import Session
from hub.offer import Offer
from hub.people import Role, School
from hub.spoken import counted, counted_people, spoken_list

NEWS_INPUT = "news"
TIERS_INPUT = "tiers"
ROLES_INPUT = "roles"
SCHOOLS_INPUT = "schools"
BOOKED_INPUT = "booked"
#: What the toggle sends when it is on.
YES = "yes"
#: People named in a preview; the rest are counted.
NAMED_PEOPLE = 5


@dataclass(frozen=True)
class Draft:
    """News being written; it lives in the card's inputs until it is sent."""

    #: The id it will have once sent.
    id: UUID
    words: str = ""
    chosen: Chosen = field(default_factory=Chosen)
    #: The session it is about, when it was begun from one.
    session: Session | None = None

    def without_words(self) -> "Draft":
        """The same choice of people, and nothing of what must not be kept."""
        return replace(self, words="")


@dataclass(frozen=True)
class Choices:
    """What a lead may choose from."""

    offer: Offer
    schools: Sequence[School]


def announce_card(draft: Draft, choices: Choices, intro: str = "") -> AdaptiveCard:
    """Write news, and choose whom it is for."""
    title = "Announce to staff"
    about = [line(f"About: {plain(in_a_line(draft.session))}")] if draft.session else []
    intros = [line(intro)] if intro else []
    return card(
        f"{title}. Write your news, choose whom it is for, and see it before it goes out. {intro}",
        [heading(title), *intros, *about, *_inputs(draft, choices)],
        [
            _preview_button(draft, "Preview"),
            button("What I announced", Verb.ANNOUNCED),
            help_button(),
        ],
    )


def _inputs(draft: Draft, choices: Choices) -> list[CardElement]:
    chosen = draft.chosen
    tiers = [
        Choice(title=short(f"{each.key} {each.name}"), value=each.key)
        for each in choices.offer.tiers
    ]
    booked = [_booked_only(chosen)] if draft.session else []
    return [
        TextInput(
            id=NEWS_INPUT,
            label="Your news",
            placeholder="No names of pupils",
            is_multiline=True,
            max_length=LONGEST_NEWS,
            value=draft.words or None,
        ),
        *booked,
        quiet(
            "Choose any of these, or none for everybody in the trust. Partner schools get it only "
            "when you choose them."
        ),
        any_of(TIERS_INPUT, "People for whom a tier is meant", tiers, chosen.tiers),
        any_of(
            ROLES_INPUT,
            "Roles",
            role_choices(role for role in Role if role is not Role.LEAD),
            chosen.roles,
        ),
        any_of(
            SCHOOLS_INPUT,
            "Schools",
            school_choices(choices.schools, chosen.schools),
            chosen.schools,
        ),
    ]


def _booked_only(chosen: Chosen) -> ToggleInput:
    return ToggleInput(
        id=BOOKED_INPUT,
        label="Who",
        title="Only people with a place on this session",
        value=YES if chosen.booked_only else "no",
        value_on=YES,
        value_off="no",
        wrap=True,
    )


def _preview_button(draft: Draft, title: str) -> ExecuteAction:
    return form_button(title, Verb.PREVIEW_ANNOUNCEMENT, **_ids(draft))


def _ids(draft: Draft) -> dict[str, str]:
    ids = {"announcement": str(draft.id)}
    return ids | {"session": str(draft.session.id)} if draft.session else ids


def preview_card(
    draft: Draft,
    choices: Choices,
    announcement: Announcement,
    recipients: Recipients,
    *,
    seen: str,
    goes_out: str,
    intro: str = "",
) -> AdaptiveCard:
    """Who will get it and how it will look, with everything still open to change.

    ``seen`` marks what this preview shows; sending anything else shows it again first.
    """
    count = len(recipients.people)
    title = f"{counted_people(count)} will get this" if count else "Nobody would get this"
    send = form_button(
        f"Send to {counted_people(count)}",
        Verb.SEND_ANNOUNCEMENT,
        style="positive",
        seen=seen,
        counted=str(count),
        **_ids(draft),
    )
    return card(
        f"{intro} {title}: {announcement.for_whom}. {at_a_glance(announcement)}".strip(),
        [
            heading(title),
            *([line(intro)] if intro else []),
            *_who_gets_it(announcement, recipients, goes_out),
            Container(style="emphasis", items=news_body(announcement)),
            quiet(f"With the buttons {spoken_list(news_titles(announcement))}."),
            *_inputs(draft, choices),
        ],
        [
            *([send] if count else []),
            _preview_button(draft, "Preview again"),
            button("Don't send", Verb.ANNOUNCE, leave="yes"),
        ],
    )


def _who_gets_it(
    announcement: Announcement, recipients: Recipients, goes_out: str
) -> list[CardElement]:
    count = len(recipients.people)
    told: list[CardElement] = [line(f"For {plain(announcement.for_whom)}.")]
    if count:
        names = [plain(short(each.person.name)) for each in recipients.people[:NAMED_PEOPLE]]
        if count > len(names):
            names.append(f"{count - len(names)} more")
        where = f"In {counted(recipients.schools, 'school')}: {spoken_list(names)}."
        told += [near(where), near(f"It goes out {goes_out}.")]
    else:
        told.append(near("Try fewer choices, or other ones."))
    if unread := recipients.without_chat:
        verb = "has" if unread == 1 else "have"
        told.append(
            near(
                f"{counted_people(unread)} {verb} yet to open this chat: I bring it to them in Teams, or by mail."
            )
        )
    if recipients.opted_out:
        told.append(
            near(f"{counted_people(recipients.opted_out)} stopped reminders and won't get it.")
        )
    return told
