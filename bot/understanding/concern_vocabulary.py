"""The vocabulary of concern: who, what is done to whom, and how a kind of concern is written down.

Patterns are over lower-case text without apostrophes. Source for the kinds: Keeping Children Safe
in Education, part one and annex B.
"""

import re
from dataclasses import dataclass

KIN = (
    r"(?:(?:step ?|foster )?(?:dad(?:dy)?|mum(?:my)?|mom|mam|mother|father|parents?|uncle|aunt(?:y|ie)?|nana?|gran(?:ny|dma|dad|dpa)?|"
    r"grandfather|grandmother|brother|sister|cousin|carers?)|boyfriend|babysitter|childminder|neighbour|step ?parent|family)"
)
ADULT = rf"(?:{KIN}|partner|coach|(?:old|older|grown) (?:man|men|guys?|lads?|boys?)|a man|man|men|adult|stranger|member of staff|staff member|teacher|tutor|colleague|driver)"
THEM = r"(?:him|her|them|me|(?:a|the|this|that|one) (?:child|kid|pupil|student|boy|girl|lad)|(?:his|her|their) (?:little |baby |younger )?(?:brother|sister|siblings?))"
OWN = r"(?:him|her|them)sel(?:f|ves)|themself|hisself"
HURT = (
    r"(?:hits?|hitting|slap\w*|smack\w*|punch\w*|beats?|beaten|beating|batter\w*|kick(?:s|ed|ing)?(?! off)|hurts?|hurting|strangl\w*"
    r"|chok(?:es|ed|ing)|burn(?:s|ed|t)|shook|shakes?|shaken|whip(?:s|ped)|threw|throws?|lock(?:s|ed)|ties?|tied|tying|touch\w*|molest\w*"
    r"|rap(?:es|ed)|abus\w*|grab(?:s|bed)|drag(?:s|ged)|starv\w*|scream(?:s|ed|ing) at|spits?|pinch(?:es|ed)|hold(?:s|ing)? (?:him|her|them) down|push(?:es|ed)|shov\w+|headbutt\w*|pull(?:s|ed) (?:his|her|their) hair|drown\w*|stamp\w* on)"
)
BODY = (
    r"(?:face|neck|arms?|wrists?|legs?|thighs?|back|hands?|cheeks?|body|tummy|stomach|chest|shoulders?"
    r"|bottom|bum|throat|ears?|head|feet|ankles?|fingers|knuckles|eyes?|ribs?|skin)"
)
ONES = r"(?:his|her|their|the|a|one|this|that|both)"


@dataclass(frozen=True)
class ConcernWords:
    """Words for one kind of concern."""

    #: In general words.
    kind: str
    pattern: re.Pattern[str]


def words(kind: str, *patterns: str) -> ConcernWords:
    """Words for one kind of concern, each pattern from the beginning of a word on."""
    return ConcernWords(kind, re.compile(rf"\b(?:{'|'.join(patterns)})"))
