"""The phrases by which messages are understood, and those that must never be kept."""

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

TIERS = tuple(
    (tier, re.compile(pattern))
    for tier, pattern in (
        ("2b", r"maths.*(working part|joint)|working party|joint.*maths"),
        ("2c", r"hub (class|school)s?\b.*(visit|curriculum)|curriculum (in schools|visits?)"),
        ("2a", r"senco (training|cpd|course)"),
        ("1", r"senco(s)?('?s)? (meet\w*|mtg\w*|network)"),
        ("3", r"\binset\b"),
        (
            "5",
            r"(annual|individual|our) (school )?(meeting|visit) with the send lead|(?<!whole )(?<!after )\bschool meetings?\b",
        ),
        ("6", r"1:1|one[ -]to[ -]one support|follow[ -]?up (call|visit)|(come|visit) and see me"),
        ("4", r"clinics?\b"),
    )
)

TOPICS = tuple(
    (topic, re.compile(pattern))
    for topic, pattern in (
        ("autism", r"autis\w+|\basd\b|\basc\b|asperger|literal|masking|routine"),
        ("slcn", r"speech|language|slcn|\bdld\b|stammer|mutism|vocabulary|follow instructions"),
        (
            "semh",
            r"semh|anxi\w+|angry|anger|meltdown|refus\w+|shut down|dysregulat\w+|trauma|attachment|hiding|come in from",
        ),
        ("adhd", r"\badhd\b|\badd\b|fidget\w*|sit still|impulsiv\w+|calling out|focus\b"),
        ("dcd", r"\bdcd\b|dyspraxi\w+|clumsy|handwriting|scissors|getting changed"),
        ("dyslexia", r"dyslexi\w+|reading|read\b|spelling|decod\w+"),
        (
            "sensory",
            r"sensory|nois\w+|ear defenders?|dinner hall|jumper|uniform|chew\w+|overwhelm\w+|smells?",
        ),
        ("cognition-learning", r"learning difficult\w+|\bmld\b|retention|cognition"),
        (
            "assistive-technology",
            r"assistive|dictation|immersive reader|ipads?|chromebooks?|speech to text|reader pen",
        ),
        (
            "reasonable-adjustments",
            r"reasonable adjust\w*|adjustments?|equality act|access arrangements",
        ),
        ("adaptive-teaching", r"adaptive|differentiat\w+|scaffold\w*|mixed ability|quality first"),
        ("ta-deployment", r"\btas?\b|teaching assistants?|\blsas?\b|deployment"),
        (
            "graduated-approach",
            r"\bapdr\b|assess.plan|graduated|smart targets?|provision map|support plan|\biep\b",
        ),
        ("ehcp", r"\behcps?\b|ehc plan|annual review|needs assessment|section f"),
        (
            "aac-symbols",
            r"\baac\b|pecs|makaton|symbols?|widgit|non[- ]?(verbal|speaking)|now and next",
        ),
        (
            "maths-gaps",
            r"maths? gaps?|dyscalculi\w+|times tables|counting on|number sense|two years behind",
        ),
        ("working-memory", r"working memory|cognitive load|forgets?|loses track|overload"),
        ("attendance", r"attendance|school refus\w+|ebsa|absen\w+|part[- ]time timetable"),
    )
)

SAFEGUARDING = tuple(
    re.compile(pattern)
    for pattern in (
        r"safeguarding (concern|worry|issue|disclosure)|disclos(ed|ure)",
        r"bruis\w+|black eye|burn marks?|cigarette burns?|self[- ]?harm\w*|suicid\w+|kill (him|her|them)sel\w+",
        r"(abus|neglect|groom|radicalis)\w+",
        r"told me .*(worrying|scared|hurt|touch|hit|home)|(scared|afraid|frightened) (to go|of going|at) home",
        r"(hit|hits|hurt|hurts|hitting|beaten|beats) (him|her|them) at home|doesn'?t want to go home|missing (child|from home)",
    )
)

_YEAR_OR_CLASS = r"(?:[Yy](?:ea)?r? ?\d{1,2}\b|\d{1,2}[A-Z]\b|[Rr]eception\b|[Nn]ursery\b)"
_SUCH_A_DAY = (
    r"(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d{1,2}-\d{1,2}"
    r"|\d{1,2}(?:st|nd|rd|th)? (?:of )?[a-z]{3,9},? \d{2,4})"
)
#: Words that people write with a capital and that are nobody's name.
_NO_NAME = (
    r"(?!(?:School|Clinic|Class|Year|Key|Tier|Trust|Hub|Primary|Secondary|Academy|College|Autumn|"
    r"Spring|Summer|Early|Maths?|English|Reading|Writing|Phonics|Spelling|Working|Party|Autism|"
    r"Support|Speech|Language|Sensory|Needs|Anxiety|Adaptive|Network|Meeting|Training|Visit|Teach\w+|"
    r"Assistant|Head|Lead|Leader|Coordinator|Pastoral|Join\w*|Dates?|Coaching|Review|Toolkit|"
    r"The|Our|My|Book|Any|Can|For|Help|Send|What|When|Which|How|In|And|With|On|At)\b)"
)
#: Two capitals that stand for a job or a subject, as in "a TA in Year 4".
_NO_INITIALS = r"(?!(?:TA|HT|DT|RE|PE|IT|EY|KS|AR|HI|VI|MI|OT)\b)"
_A_NAME = rf"{_NO_NAME}[A-Z][a-z]+ {_NO_NAME}[A-Z][a-z]+"

PUPIL_DETAILS = (
    (
        "a date of birth",
        re.compile(
            rf"(?i)\b(?:born|d\.?o\.?b\.?|birthday|date of birth)(?!\w)\W{{0,12}}(?:is |was |on )*{_SUCH_A_DAY}"
        ),
    ),
    ("a phone number", re.compile(r"(?<!\d)(?:\+44\s?|0)(?:\d[\s-]?){9,10}(?!\d)")),
    ("an email address", re.compile(r"\b[\w.+-]+@[\w-]+\.[\w.]+\b")),
    ("a unique pupil number", re.compile(r"\b[A-HJ-NP-RT-Z]\d{11}[A-Z0-9]\b")),
    (
        "a home address",
        re.compile(
            r"(?i)\b\d{1,4}[a-d]?,? (?:[a-z]+ ){1,2}(?:street|st|road|rd|avenue|ave|lane|close|drive|crescent|terrace|gardens)\b"
            # A postcode; its last letters are never those of "3pm".
            r"|\b[a-z]{1,2}\d[a-z\d]? ?\d(?!st|nd|rd|th)[abd-hjlnp-uw-z]{2}\b"
        ),
    ),
    (
        "initials with a class or year",
        re.compile(
            rf"\b{_NO_INITIALS}[A-Z]\.?[A-Z]\.?,? \(?(?:(?:in|from) )?(?:[Yy](?:ea)?r? ?\d{{1,2}}\b|\d[A-Z]\b)"
        ),
    ),
    (
        "a pupil's name",
        re.compile(
            rf"\b{_A_NAME},? \(?(?:(?:in|from|of) )?{_YEAR_OR_CLASS}"
            r"|(?i:\b(?:pupil|child|boy|girl|student|learner) (?:(?:is|who is|who's) )?(?:called|named)) [A-Za-z]+"
            r"|(?i:\b(?:his|her|their|(?:the |a )?(?:pupil|child|boy|girl|student|learner)'?s) name(?: is|'s)) [A-Za-z]+"
        ),
    ),
)
