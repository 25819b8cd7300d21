"""The rules by which a name is a pupil's, written over shapes (see ``pupil_names``)."""

import re
from dataclasses import dataclass

# Signs, from Unicode's private use area: nobody types them.
NAME = "\ue001"
EVERYDAY = "\ue002"
EVERYDAY_LOW = "\ue003"
#: A capital in the middle of a sentence, and one that any first word has.
CAPITAL = "\ue004"
BEGINS = "\ue005"
FAMILY_NAME = "\ue006"
INITIALS = "\ue007"
LOW_INITIALS = "\ue008"
CLASS = "\ue009"
STAFF = "\ue00a"
#: Stands first where the text is the name of a file.
FILE = "\ue00b"

_A = rf"(?:{NAME}|{EVERYDAY})"
_LAST = rf"(?: (?:{NAME}|{EVERYDAY}|{CAPITAL}|{FAMILY_NAME}|[b-hj-z]\.?(?! ?')))"
#: A given name with what may follow it.
_N = rf"{NAME}{_LAST}{{0,2}}"
GIVEN_NAME = re.compile(rf"(?<!\S){_N}(?= )")
_ANY = rf"(?:{NAME}|{EVERYDAY}|{EVERYDAY_LOW}){_LAST}{{0,2}}"
#: A family name that is in no list, typed without a capital: hardly any other word stands there.
_ANY_LAST = (
    r"(?: (?!(?:and|with|for|from|the|our|has|had|have|does|did|will|was|who|but|not|can|may|class|year|"
    r"teacher|lead|leader|head|senco|phase|maths|english|about|into|took|take|led|ran|run|saw|met|got|gave|"
    r"see|sent|via|plus|off|out|then|now|also|too|you|are|text|book|topic|novel|unit|story|assistant|cover|"
    r"mentor|staff|colleague|governor|teach|please|said|would|could|should|his|her|their|your|next|this|that|"
    r"when|where|how|what|why|because|after|before|since|until|than|just|only|still|join|come|make|do|it|is|"
    r"went|left|went|new|old|one|two|three|yet|here|there|at|on|to|of|in|or|so|if|as|by|an|my|me|we|us)\b)"
    r"[a-z]{3,14}(?<!s)(?<!ed)(?<!ing)(?<!ly))"
)
_RELATION = (
    r"(?:step ?)?(?:brother|sister|mum|mummy|mom|dad|daddy|mother|father|nan|nana|gran|grandma|"
    r"grandad|parents?|family|carers?|auntie?|uncle|twin|siblings?|guardian|cousin|social worker)s?\b"
)
_CHILD = r"(?:pupils?|child|boys?|girls?|students?|lads?|learners?|kids?|twins?|son|daughter)"
_CONDITION = (
    r"(?:autis\w+|adhd|asd|asc|add|pda|dyslexi\w+|dyspraxi\w+|dcd|dyscalculi\w+|dld|slcn|semh|ehcp?s?"
    r"|ehc|iep|diagnosis|anxiety|anxious|epilep\w+|downs?|tourettes?|sen|send|meltdowns?|speech"
    r"|language|words|selective|mutism|attachment|sensory|learning|hearing|visual|trauma|tics?|panic"
    r"|ebsa|dysregulat\w+|gdd|mld|spld|cerebral|annual review|additional needs|special needs|issues"
    r"|outbursts|difficult\w+|ear defenders?|wobble|fidgets?|makaton|widgit|pecs|1 : 1|one to one"
    r"|movement|laptop|scaffold\w*|adult support|support with|help with|extra|intervention|time out"
    r"|wheelchair|visuals?|friends|toileting|medication)"
)
_CANNOT = (
    r"(?:can't|cant|cannot|can not|won't|wont|will not|doesn't|doesnt|does not|isn't|isnt|not|never"
    r"|hardly|struggl\w+ to|refus\w+ to|finds? it \w+ to|unable to|trying to|wants? to)"
)
_DOES = (
    r"(?:sit|write|read|decode|focus|concentrat\w+|talk|speak|come in from|come into|join in|cop\w+"
    r"|follow|hold|regulate|settl\w+|do any|access|spell|count|attend (?:school|lessons?)|engag\w+|share"
    r"|listen|stay in|stop (?!by|until|the)|dress|be in (?:class|the room|lessons?)|go in|eat|toilet"
    r"|play|transition|retain|remember|blend|form letters|wear|walk|process|understand|tolerate"
    r"|keep still|reading|writing|talking|coping|settling|leave (?:mum|dad|his|her))"
)
#: What is said of pupils and hardly ever of staff.
_PREDICATE = (
    r"(?:[,?.;:-]? ?(?:who|he|she|they|and|also|just|still|always|really|often|currently|-|is|'s|was|has been"
    r"|gets?|getting) ){0,4}?(?:"
    rf"(?:has|have|had|got|with|needs?|having) (?:(?:just|now|got|had|been given|been|diagnosed with|finally|an?|no|lots of|some|severe|real|really|suspected|"
    rf"possible|his|her|bad|big|huge|high|the|very) ){{0,4}}{_CONDITION}"
    r"|(?:is |'s |a |on |so |very |really )*(?:autistic|dyslexic|dyspraxic|non -? ?verbal|non-verbal|nonverbal|non-speaking"
    r"|mute|selective(?:ly)? mute|struggl\w+(?! to (?:get|find|make|come|book|log))|refus\w+|school refuser|refuser|biting|hitting"
    r"|kicking|screaming|throwing|hiding|masking|under the|below|behind in|working at|in nappies"
    r"|dysregulated|violent|aggressive|overwhelmed|part -? ?time timetable|excluded|suspended|eal|deaf|blind|medicated"
    r"|absconding|running (?:off|out|away)|distressed|sen register|send register)"
    rf"|{_CANNOT} (?:\w{{1,20}} )?{_DOES}"
    r"|keeps? (?!forgetting|missing|asking|cancelling|emailing|meaning)\w+ing"
    r"|(?:hits|bites|throws|chews|screams|kicks|spits|hides|absconds|lashes out|shuts down|melts down"
    r"|masks|stims|wets|soils|fidgets|swears|runs (?:off|out|away)|shouts out|calls out|refuses"
    r"|struggles)\b(?! to (?:get|find|make|come|book|log))"
    r"|attendance (?:is )?\d|in my (?:class|form)|dyslexia|autism|adhd|anxiety|ebsa|meltdowns?|refus\w+ school"
    r")"
)
_PUPIL_THING = (
    r"(?:ehcps?|ehc|iep|ieps|behaviour|meltdowns?|annual review|diagnosis|attendance|one page profile|"
    r"sensory|targets|support plan|reading|writing|anxiety|assessment|provision|1 : 1|risk assessment|"
    r"autism|adhd|dyslexia|needs|progress|referral|speech|attention|outbursts|part time|reports?|review|"
    r"parents|handwriting|transition|class teacher|ta\b|medication|triggers|sleep|toileting)"
)
_LINK = r"(?: ?[,(-]| who| he| she| they| is| 's| in| from| of| a| an| my| our| the| now| currently| year){0,4} ?"
_ROLE = (
    r"(?:senco|sendco|sendcos?|teacher|ta\b|tas\b|hlta|lsa|head|headteacher|deputy|dep head|ep\b|salt\b|ed psych|"
    r"governor|mentor|tutor|colleague|staff|assistant|coach|principal|slt|dsl|phase leader|(?:\w{1,20} )?lead\b|"
    r"(?:\w{1,20} )?leader|(?:\w{1,20} )?coordinator|nurse|therapist|trainee|ect|nqt|teaching|i teach|class teacher|"
    r"psychologist|specialist|caretaker|receptionist|business manager)"
)


#: What is said of colleagues and hardly ever of pupils.
_AT_WORK = (
    r"would like (?:to (?:join|come|attend|book)|a place)|wants to (?:join|come|attend|book)|wants a place|needs a place|is (?:leading|covering|joining|"
    r"attending|coming|off sick|off ill|on leave|on maternity|booked|new to the)|will (?:attend|cover|lead|join)|can(?:'t|not)? (?:make|attend|do) "
    r"(?:it|the|that|this|mondays?|tuesdays?|wednesdays?|thursdays?|fridays?)|teaches|leads|covers|job share|and i\b(?! work)|has booked|who teaches|who leads"
)


@dataclass(frozen=True)
class NameRule:
    """One way in which a name is a pupil's."""

    what: str
    why: str
    pattern: re.Pattern[str]


def _name(why: str, pattern: str) -> NameRule:
    return NameRule("a pupil's name", why, re.compile(pattern))


def _initials(why: str, pattern: str) -> NameRule:
    return NameRule("initials with a class or year", why, re.compile(pattern))


#: Names that are colleagues', tried first.
STAFF_RULES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<!\S)(?P<who>{_A}(?: (?:{_A}|{CAPITAL}|{FAMILY_NAME})){{0,2}}) "
        rf"(?:[,(-] ?)?(?:is |was |'s (?=our |the |my |a |an |new )|as )?(?:(?:our|the|my|a|an|new|{CLASS}) ){{0,2}}{_ROLE}",
        rf"(?<!\S){_ROLE} (?:[,:-] ?|is |called |named )?(?P<who>{_A}(?: (?:{CAPITAL}|{FAMILY_NAME}|{NAME}))?)(?= )",
        rf"(?:^| )(?:i'm|im|i am|i ' m|my name is|me and|this is|name is) (?P<who>{_A}(?: (?:{CAPITAL}|{FAMILY_NAME}))?)(?= )",
        rf"(?:^| )(?P<who>{_A}) from (?!{CLASS})",
        rf"(?<!\S)(?P<who>{_A}(?: (?:{CAPITAL}|{FAMILY_NAME}|{NAME}))?) (?:[(,-] ?)?(?:{CLASS} ?[),-]? )?(?:{_AT_WORK})\b",
        rf"(?:^| )(?P<who>{_A}) {CLASS} (?:texts?|books?|novel|story|topic|unit|guided reading)",
    )
)

RULES = (
    _name(
        "a given name beside a class or year",
        rf"(?<!\S)(?P<who>{_N}(?: {FAMILY_NAME}|{_ANY_LAST}(?= (?:[,(] ?)?(?:(?:in|from) )?{CLASS}))?(?: [,]? ?(?:a|an) (?:\w{{1,20}} )?{_CHILD})?){_LINK}{CLASS}(?! (?:teacher|ta|lead|staff)\b)",
    ),
    _name(
        "a given name and a class or year further on",
        rf"(?<!\S)(?P<who>{_N})(?: (?!{STAFF})\S+){{1,6}} (?:he|she|they) (?:'s |is |are )?in {CLASS}",
    ),
    _name(
        "a given name beside a class or year",
        rf"{CLASS} ?(?:[,:(-] ?)*(?:(?:my|a|an|the|is|,|lad|{_CHILD}) ){{0,3}}(?P<who>{_N})(?= )",
    ),
    _name(
        "an everyday word as a name, with a class and what is said of pupils",
        rf"(?<!\S)(?P<who>(?:{EVERYDAY}|{EVERYDAY_LOW}){_LAST}{{0,2}}) [(,]? ?(?:(?:in|from|of) )?{CLASS} ?[),]? ?[,-]? ?{_PREDICATE}",
    ),
    _name(
        "two names beside a class or year",
        rf"(?<!\S)(?P<who>(?:{BEGINS}|{CAPITAL}|{EVERYDAY}|{NAME}) (?:{CAPITAL}|{NAME}|{EVERYDAY}|{FAMILY_NAME})),? ?[(]? ?"
        rf"(?:(?:in|from|of) )?{CLASS}",
    ),
    _name(
        "a name beside a class and what is said of pupils",
        rf"(?<!\S)(?P<who>{CAPITAL}|{BEGINS}) [(,]? ?(?:(?:in|from|of) )?{CLASS} ?[),]? ?[,-]? ?{_PREDICATE}",
    ),
    _name(
        "a name after a word for a pupil",
        rf"(?<!\S){_CHILD}(?: ?[,:-])?(?: (?:is|who is|who 's|called|named))? (?P<who>{_N})(?= )",
    ),
    _name(
        "a name after a word for a pupil",
        rf"(?<!\S){_CHILD} (?:of mine |in my class |i have |i teach )*[(,-] ?(?P<who>{_N}|{EVERYDAY})(?= )",
    ),
    _name(
        "a name after a word for a pupil",
        rf"(?<!\S)(?:little|young|wee) (?P<who>{_N})(?= )",
    ),
    _name(
        "a name after a word for a pupil",
        rf"(?<!\S){_CHILD}(?: ?[,:-])?(?: is)? (?P<who>{EVERYDAY}{_LAST}?)(?= )",
    ),
    _name(
        "a word for a pupil and what they are called",
        rf"(?<!\S){_CHILD} (?:is |who is |who 's )?(?:called|named) (?P<who>(?!out|the|a|to|by|names)\S+)",
    ),
    _name(
        "what a pupil's name is",
        rf"(?<!\S)(?:his|her|their|(?:the |a |my )?{_CHILD}(?: 's)?) (?:first |full |sur)?names? ?(?:is|was|are|'s|:|=) (?P<who>\S+)",
    ),
    _name(
        "what a pupil's name is",
        rf"(?<!\S)(?:his|her|their) names (?P<who>{_N}|{EVERYDAY}|{EVERYDAY_LOW}|{CAPITAL})(?= )",
    ),
    _name(
        "what somebody is called",
        r"(?<!\S)(?:we|i|everyone|everybody|they|friends)(?: all| always| just)? calls? (?:him|her) "
        r"(?P<who>(?!out|the|a|an|to|by|names|home|back|over|up|in|on|into|for|when|at|if|every)\S+)",
    ),
    _name(
        "what somebody is called",
        r"(?<!\S)(?:known as|(?:but )?(?:he|she) (?:'s |is |'s really |is really )(?:really |actually )?(?:called|named)"
        r"|(?:his|her) nickname is|goes by) (?P<who>(?!out|the|a|an|to|by|names|for)\S+)",
    ),
    _name(
        "a word that nobody knows before a class and what is said of pupils",
        rf"^(?P<who>(?!{_CHILD}|{_RELATION}|everyone|someone|somebody|anyone|nobody|one|some|many|several|most|all|few"
        r"|two|three|four|five|six|half|others?|children|adults?|people|he|she|they|it|this|that|staff|behaviour|noise"
        r"|reading|writing|maths|phonics|learners)[a-z]{3,14}(?<!ing)(?<!s)) (?:in|from) "
        rf"{CLASS} {_PREDICATE}",
    ),
    _name(
        "a name beside a word for family",
        rf"(?<!\S)(?P<who>(?:{NAME}|{EVERYDAY}|{CAPITAL}|{BEGINS})(?: (?:{CAPITAL}|{FAMILY_NAME}|{NAME}|[b-hj-z]))?) (?:'s |s )?{_RELATION}",
    ),
    _name(
        "a name beside a word for family",
        rf"(?<!\S)(?P<who>{EVERYDAY_LOW}) 's {_RELATION}",
    ),
    _name(
        "a name beside a word for family",
        rf"(?<!\S){_RELATION} of (?P<who>{_N}|{EVERYDAY}|{CAPITAL})(?= )",
    ),
    _name(
        "a name after a word for family",
        rf"(?<!\S)(?:his|her|their|the) (?:\w{{1,20}} )?(?:step ?)?(?:brothers?|sisters?|twins?|siblings?) ?,? (?P<who>{_N}|{EVERYDAY})(?= )",
    ),
    _name(
        "a name with what is said of pupils",
        rf"(?<!\S)(?P<who>{_N}(?: {FAMILY_NAME}|{_ANY_LAST})?|{EVERYDAY}{_LAST}?) {_PREDICATE}",
    ),
    _name(
        "a name with what a pupil has",
        rf"(?<!\S)(?P<who>{_N}|(?:{EVERYDAY}|{EVERYDAY_LOW})(?= 's)) (?:'s |s )?(?:\w{{1,20}} )?{_PUPIL_THING}",
    ),
    _name(
        "help sought for a name",
        r"(?<!\S)(?:help|support|strateg\w+|advice|ideas?|tips?|plan|provision|referral|ehcp|iep|paperwork|"
        r"adjustments|resources|profile|assessment|intervention|targets|worr\w+|concern\w*|struggling) "
        rf"(?:please |\w+ )?(?:for|with|w|about|re|on|regarding|[-:]) (?:my |a )?(?P<who>{_N}|{EVERYDAY}(?= [,.?!-]| 's| $))(?= )",
    ),
    _name(
        "help sought for a name",
        rf"(?<!\S)(?:observe|observing|assess|calm|settle|support|include|teach|get|help|re ?:?) (?P<who>{_N}) (?!to (?:come|book|join|attend)|and me|or|a place|on)(?=\S|$)",
    ),
    _name(
        "a name in a file about one pupil",
        rf"^{FILE} (?:.*? )?(?P<who>(?:{NAME}|{EVERYDAY}(?= {CAPITAL}| {FAMILY_NAME})){_LAST}{{0,2}})(?= )",
    ),
    _initials(
        "initials beside a class or year",
        rf"(?<!\S)(?P<who>{INITIALS}|{LOW_INITIALS}(?= (?:in |from )?{CLASS}))(?: 's)? ?(?:[,(-] ?)?(?:(?:in|from) )?{CLASS}",
    ),
    _initials(
        "initials beside a class or year",
        rf"{CLASS} ?(?:[,:(-] ?|{_CHILD} |is )*(?P<who>{INITIALS})(?= )",
    ),
    _initials(
        "initials after a word for a pupil",
        rf"(?<!\S)(?:{_CHILD}|{_RELATION} of|re|about|for|with) ?[,:-]? ?(?P<who>{INITIALS}) (?:[,-] ?)?(?:'s|{_PREDICATE}|{_PUPIL_THING}|{CLASS})",
    ),
    _initials(
        "initials after a word for a pupil",
        rf"(?<!\S)(?:pupil|child|boy|girl|student|lad|learner|{_RELATION} of) ?[,:-]? ?(?P<who>{INITIALS})(?= )",
    ),
    _initials(
        "initials after a word for a pupil",
        rf"(?<!\S)(?:pupil|child|boy|girl|student|lad|learner)(?: [a-z]+){{1,3}} ,? ?(?P<who>{INITIALS})(?= )",
    ),
    _initials(
        "initials with what is said of pupils",
        rf"(?<!\S)(?P<who>{INITIALS}) (?:{_PREDICATE}|'s (?:\w{{1,20}} )?{_PUPIL_THING})",
    ),
)
