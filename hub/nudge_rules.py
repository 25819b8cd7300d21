"""Every rule by which the Hub writes first, as data: what it is, why it comes, and when.

A lead may turn most of them off and change how many days ahead or after they come; each person may
stop a family of them. What is due by them is worked out in ``hub.nudges``, ``hub.afterwards``,
``hub.school_meetings`` and ``hub.gaps``.
"""

from dataclasses import dataclass
from enum import StrEnum

from hub.nudges import Rule

#: No rule looks further ahead or back than this.
MOST_DAYS = 60


class Family(StrEnum):
    """What one switch of a person turns off; the names are kept in the store."""

    REMINDERS = "reminders"
    GAPS = "gaps"
    AFTERWARDS = "afterwards"
    NEWS = "news"
    READING = "reading"
    HUB = "hub"
    #: What happens to a place somebody holds or asked for; nobody can want not to know.
    CHANGES = "changes"


#: What each switch is called.
FAMILIES = {
    Family.REMINDERS: "Reminders of sessions you booked",
    Family.GAPS: "What is still to book or arrange",
    Family.AFTERWARDS: "Questions after a session",
    Family.NEWS: "News and invitations from the Hub",
    Family.READING: "A toolkit before a session you booked",
    Family.HUB: "Gaps in the Hub's programme, requests and visits",
}


@dataclass(frozen=True)
class RuleTerms:
    """One rule as a lead and a person see it, with its present settings."""

    rule: Rule
    family: Family
    title: str
    #: "You get this because …", at the foot of its card.
    why: str
    #: How ``days`` reads: "7 days before the session"; empty where a rule has no days to set.
    timing: str = ""
    days: int = 0
    #: Whether a lead may turn it off.
    is_optional: bool = True
    is_on: bool = True
    #: Where the rule comes from.
    source: str = ""

    @property
    def has_days(self) -> bool:
        """Whether its lead time can be changed."""
        return "{days}" in self.timing

    @property
    def spoken_timing(self) -> str:
        """When it comes, in words."""
        timing = self.timing
        if self.days == 1:
            timing = timing.replace("{days} days", "1 day").replace(
                "{days} school days", "1 school day"
            )
        return timing.replace("{days}", str(self.days))


#: In the order of a digest: what helps most comes first.
ALL_TERMS: tuple[RuleTerms, ...] = (
    RuleTerms(
        Rule.SESSION_CANCELLED,
        Family.CHANGES,
        "A session you booked is off",
        "you have a place on this session",
        is_optional=False,
        source="journey 8",
    ),
    RuleTerms(
        Rule.SESSION_MOVED,
        Family.CHANGES,
        "A session you booked has moved",
        "you have a place on this session",
        is_optional=False,
        source="journey 8",
    ),
    RuleTerms(
        Rule.SESSION_BACK_ON,
        Family.CHANGES,
        "A session is on again",
        "you have a place on this session",
        is_optional=False,
        source="journey 8",
    ),
    RuleTerms(
        Rule.PLACE_OFFERED,
        Family.CHANGES,
        "A place has come up",
        "you asked to wait for a place",
        is_optional=False,
        source="journey 7; promise 2",
    ),
    RuleTerms(
        Rule.MEETING_HELD,
        Family.CHANGES,
        "Your school meeting is arranged",
        "you are to be at this meeting",
        is_optional=False,
        source="offer, tier 5; journey 4",
    ),
    RuleTerms(
        Rule.INVITED,
        Family.CHANGES,
        "A colleague asked for a place for you",
        "a colleague asked for a place in your name",
        is_optional=False,
        source="journey 3",
    ),
    RuleTerms(
        Rule.REQUEST_UPDATE,
        Family.CHANGES,
        "A request to the Hub has moved on",
        "you asked for this, or deal with it",
        is_optional=False,
        source="journey 6",
    ),
    RuleTerms(
        Rule.REQUEST_NEW,
        Family.CHANGES,
        "Somebody asked the Hub for something",
        "you deal with requests to the Hub",
        is_optional=False,
        source="journey 9",
    ),
    RuleTerms(
        Rule.PRESSED_IN_PUBLIC,
        Family.CHANGES,
        "The answer to a button in a shared chat",
        "you pressed a button where others read along",
        is_optional=False,
        source="design, section 7",
    ),
    RuleTerms(
        Rule.SESSION_HOUR,
        Family.REMINDERS,
        "An hour before an online session",
        "you booked a place",
        "1 hour before it starts, online sessions only",
        source="domain, section 4",
    ),
    RuleTerms(
        Rule.CALL_HOUR,
        Family.REMINDERS,
        "An hour before a follow-up call",
        "you arranged this call",
        "1 hour before it starts, calls on Teams only",
        source="journey 6",
    ),
    RuleTerms(
        Rule.VISIT_SOON,
        Family.REMINDERS,
        "The school day before a visit or a call",
        "you arranged this time",
        "at 15:45 on the school day before",
        source="journey 6; domain, section 4",
    ),
    RuleTerms(
        Rule.SESSION_SOON,
        Family.REMINDERS,
        "The school day before a session",
        "you booked a place",
        "at 15:45 on the school day before",
        source="domain, section 4",
    ),
    RuleTerms(
        Rule.SESSION_WEEK,
        Family.REMINDERS,
        "A week before a session, with what to bring",
        "you booked a place",
        "{days} days before the session",
        days=7,
        source="journey 1",
    ),
    RuleTerms(
        Rule.TIMES_WAITING,
        Family.GAPS,
        "Times for your visit wait for you to choose one",
        "you were offered times and have not chosen one",
        "{days} school days after they were offered, or the day before the last of them",
        days=3,
        source="offer, tier 6; journey 6",
    ),
    RuleTerms(
        Rule.FEEDBACK,
        Family.AFTERWARDS,
        "How useful was it?",
        "you were there",
        "the same afternoon, once the register is taken",
        source="journey 10",
    ),
    RuleTerms(
        Rule.SHARING,
        Family.AFTERWARDS,
        "How are you sharing it in school?",
        "SENCo training is to be shared in school",
        "{days} days after the session",
        days=14,
        source="offer, tier 2a; journey 10",
    ),
    RuleTerms(
        Rule.NEXT_STEPS,
        Family.AFTERWARDS,
        "How are the agreed next steps coming on?",
        "you were at your school's meeting",
        "{days} days after the meeting",
        days=42,
        source="offer, tier 5; journey 4",
    ),
    RuleTerms(
        Rule.FOLLOW_UP_DUE,
        Family.AFTERWARDS,
        "Would a follow-up help?",
        "the Hub visited you and a follow-up is part of it",
        "{days} days after the visit",
        days=21,
        source="offer, tier 6; journey 6",
    ),
    RuleTerms(
        Rule.MATHS_LEAD_MISSING,
        Family.GAPS,
        "Your maths lead has no place at the working party yet",
        "tier 2b is for SENCos and maths leads together",
        "{days} days before the session",
        days=21,
        source="offer, tier 2b",
    ),
    RuleTerms(
        Rule.INSET_NOBODY,
        Family.GAPS,
        "Nobody from your school is on the next INSET day",
        "schools choose who goes to the INSET days",
        "{days} days before the day",
        days=21,
        source="offer, tier 3",
    ),
    RuleTerms(
        Rule.SCHOOL_MEETING_OPEN,
        Family.GAPS,
        "Your school's meeting with the Trust SEND Lead is not arranged",
        "each school meets the Trust SEND Lead once a school year",
        "{days} days after the end of Spring 1",
        days=0,
        source="offer, tier 5",
    ),
    RuleTerms(
        Rule.TIER_1_MISSED,
        Family.GAPS,
        "You missed a SENCo meeting: here is the next",
        "every SENCo is expected at each SENCo meeting",
        "{days} days after the meeting",
        days=1,
        source="offer, tier 1; domain, section 1",
    ),
    RuleTerms(
        Rule.TIER_1_OPEN,
        Family.GAPS,
        "You have no place at the next SENCo meeting",
        "every SENCo is expected at each SENCo meeting",
        "{days} days before the meeting",
        days=14,
        source="offer, tier 1; domain, section 1",
    ),
    RuleTerms(
        Rule.TIER_2A_OPEN,
        Family.GAPS,
        "You have no SENCo training this term",
        "SENCo training runs 3 to 6 times a year",
        "{days} days into the term",
        days=21,
        source="offer, tier 2a",
    ),
    RuleTerms(
        Rule.REQUEST_STALLED,
        Family.HUB,
        "A time promised to somebody has slipped",
        "you deal with requests to the Hub",
        "the school day after the promised one",
        source="domain, section 2",
    ),
    RuleTerms(
        Rule.VISIT_UNRECORDED,
        Family.HUB,
        "A visit is over and not recorded",
        "you were to make this visit or call",
        "{days} school days after it",
        days=1,
        source="offer, tier 6; journey 9",
    ),
    RuleTerms(
        Rule.CLINIC_NOT_SET,
        Family.HUB,
        "No clinic is set for this half-term",
        "the offer has up to one clinic a half-term",
        "{days} days into the half-term",
        days=7,
        source="offer, tier 4; journey 9",
    ),
    RuleTerms(
        Rule.YEAR_BEHIND,
        Family.HUB,
        "The year's programme is behind the offer",
        "you run the Hub's programme",
        "{days} days into each half-term",
        days=10,
        source="design, promise 6",
    ),
    RuleTerms(
        Rule.SESSION_SUGGESTED,
        Family.NEWS,
        "A colleague thought of you for a session",
        "a colleague passed it on",
        source="journey 3",
    ),
    RuleTerms(
        Rule.ANNOUNCEMENT,
        Family.NEWS,
        "News from the Trust SEND Lead",
        "it is meant for what you do or your school",
        source="offer, tier 4: invites circulated Trust-wide",
    ),
    RuleTerms(
        Rule.READ_AHEAD,
        Family.READING,
        "A toolkit on what you booked",
        "you booked a place, and this page is on the same subject",
        "{days} days before the session",
        days=3,
        source="offer, core services: quick reference toolkits",
    ),
)
#: Place in a digest, the most useful first.
USEFULNESS = {terms.rule: place for place, terms in enumerate(ALL_TERMS)}
