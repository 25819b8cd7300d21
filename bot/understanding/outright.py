"""Wishes in so many words: what decides where the examples leave doubt."""

import re
from dataclasses import dataclass

from hub.understanding import Intent


@dataclass(frozen=True)
class Phrase:
    """Words that speak for an intent, and how strongly."""

    intent: Intent
    pattern: re.Pattern[str]
    weight: float


def _phrase(intent: Intent, weight: float, pattern: str) -> Phrase:
    return Phrase(intent, re.compile(rf"\b(?:{pattern})\b"), weight)


INTENTS = (
    _phrase(
        Intent.HELP,
        3,
        r"^(help|help me)( please)?$|what can (you|i) (do|ask)|how (does|do) (this|you) work|commands|menu",
    ),
    _phrase(
        Intent.SMALLTALK,
        1,
        r"^(hi|hiya|hello|hey|morning|good (morning|afternoon|evening)|thanks?|thank you|cheers|ta|bye|lovely|great|brilliant)( (so|very) much| all| there)?",
    ),
    _phrase(
        Intent.CANCEL_BOOKING,
        5,
        r"(give|giving) (up )?(my|the) (place|spot)( up)?|(cancel|drop out|pull out|withdraw|remove me|take me off|unbook)|(can'?t|cannot|won'?t be able to|not able to) (make|come|attend|do)|leave the waiting list",
    ),
    _phrase(
        Intent.MY_BOOKINGS,
        3,
        r"(?<!book )my (bookings?|sessions?|places?|calendar)|what did i book|(what|when|where)( am i| have i|'?s my| is my| is our).*(book\w*|on|signed|next|meeting)|am i (booked|on|going|coming)|have i (booked|got)|i'?m booked on|is our|when is (our|my)",
    ),
    _phrase(
        Intent.BOOK_SESSION,
        2.5,
        r"book( me| us| a| my|ing)?|sign (me |us )?up|put me down|reserve|enrol|register me|can i (come|attend|join|go)|i'?d like to (come|attend|go|join)|(arrange|set up|organise) (our|a|the) (tier|visit|meeting|school)|count me in|join",
    ),
    _phrase(
        Intent.WHATS_ON,
        2,
        r"what'?s (on|coming|happening|next)|what is (on|coming)|any(thing)? .*(coming up|on|soon|clinics?|sessions?|training)|coming up|upcoming|when('?s| is| are) .*(clinic|meeting|training|inset|session)s?|dates?|programme|calendar|next clinics?|clinics?|timetable of|places left|list",
    ),
    _phrase(
        Intent.REQUEST_SUPPORT,
        3,
        r"(someone|somebody|send lead|you|anyone) (to )?(come|visit|pop in|see me|help me)( out| and|\b)|1:1|one[ -]to[ -]one support|follow[ -]?up|visit (me|my|from)|talk to (someone|the send lead)|i need support|ask for (1:1 )?support",
    ),
    _phrase(
        Intent.REQUEST_SERVICE,
        3,
        r"deployment audit|audit|send review|whole[ -]school|quality assur\w+|in[ -]?class coaching|coaching|case consultation|immersion visit|outreach|cpd module|provision advice|rapid advice",
    ),
    _phrase(
        Intent.MY_REQUESTS,
        4,
        r"my requests?|looked at my|status of (my|our)|any (news|update) on (my|our)",
    ),
    _phrase(
        Intent.FIND_TOOLKIT,
        2,
        r"toolkits?|tips?( for)?|strateg(y|ies)|quick[ -]reference|guidance|resources?|how (do|should|can) (i|we)|paperwork|template|adjustments",
    ),
    _phrase(
        Intent.NUDGE_SETTINGS,
        4,
        r"(stop|no more|turn (off|on)|start|mute|change|fewer).*(remind\w*|nudg\w*|notif\w*|messag\w*)|remind(ers?| me)|nudges?|notifications?|snooze|(be |keep )?quiet (until|till|for|after)|leave me alone|(stop|no more|turn off).*(feedback|announcements?|news|questions)",
    ),
    _phrase(
        Intent.PRIVACY,
        4,
        r"(what|which).*(you|hub) (know|hold|keep|store).*|(delete|erase|remove) (all )?my data|my data|gdpr|privacy|subject access",
    ),
    _phrase(
        Intent.LEAD_QUEUE,
        4,
        r"(requests?|queue) (are )?(waiting|open|outstanding)|what requests|the queue",
    ),
    _phrase(
        Intent.LEAD_PROGRAMME,
        4,
        r"(add|create|move|reschedule|cancel) (a|the) (clinic|session|meeting) (on|to|for)|plan next year|plan the year",
    ),
    _phrase(
        Intent.LEAD_REGISTER,
        4,
        r"(take|open) the register|mark who (came|attended)|attendance register|who came",
    ),
    _phrase(
        Intent.LEAD_ANNOUNCE,
        4,
        r"(tell|announce to|message|invite) all|send (a message|an announcement)|^announce",
    ),
    _phrase(
        Intent.LEAD_REPORT, 4, r"impact report|board report|report for the board|take-?up figures"
    ),
)

#: Less is said by chance.
SAID_OUTRIGHT = 2.0


def said_outright(said: str) -> Intent | None:
    """The wish that the words of a plain, lower-case message name; None when none does."""
    scores: dict[Intent, float] = {}
    for each in INTENTS:
        if each.pattern.search(said):
            scores[each.intent] = scores.get(each.intent, 0.0) + each.weight
    best = max(scores, key=lambda intent: scores[intent], default=None)
    return best if best and scores[best] >= SAID_OUTRIGHT else None
