"""Details that point at a pupil or a family by themselves: dates, numbers, addresses.

Names, which need their surroundings, are next door in ``pupil_names``. Of what staff may well say,
a school's own telephone, e-mail and postal address pass; a mobile or a private mailbox never does.
"""

import re
from collections.abc import Iterator

from bot.understanding.sightings import Sighting
from hub.unique_pupil_number import is_pupil_number

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
_NTH = (
    "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth"
    "|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth"
)
_DAY = (
    r"(?:\d{1,2}[/. -]\d{1,2}[/. -]\d{2,4}|\d{4}-\d{1,2}-\d{1,2}|\d{6}|\d{8}"
    rf"|(?:the )?\d{{1,2}}(?:st|nd|rd|th)?[ ./-]?(?:of )?{_MONTH}(?:[,./-]? ?\d{{2,4}})?"
    rf"|(?:the )?(?:twenty |thirty |twenty-|thirty-)?(?:{_NTH}) (?:of )?{_MONTH}"
    rf"|{_MONTH} (?:the )?(?:twenty |thirty |twenty-|thirty-)?(?:{_NTH})"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{2,4}})?|{_MONTH},? \d{{4}})"
)
_BIRTH = re.compile(
    rf"\b(?:born|d\.? ?o\.? ?b\.?(?:'s)?|birthday|date of birth|birth date|b\.)(?:'s)?(?!\w)\W{{0,12}}"
    rf"(?:is |was |it's |on |in )*{_DAY}|{_DAY} (?:is |was |as )(?:his |her |their |the )?(?:dob|d\.o\.b|birthday|date of birth)|\bturn(?:s|ed|ing)? \d{{1,2}} (?:on |in )?{_DAY}",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?<![\w/.-])(?!000)(?:\+44|0044|\(?0)[\s(]*0?(?:\d[\s()-]*){8,10}(?![\w/])")
#: A whole day so long ago that beside a pupil it can hardly be anything but a birthday.
_LONG_AGO = re.compile(
    rf"\b(?:\d{{1,2}}[/. -]\d{{1,2}}[/. -]|(?:the )?\d{{1,2}}(?:st|nd|rd|th)?[ ./-]?(?:of )?{_MONTH}[,./-]? ?)"
    r"20(?:0[5-9]|1\d|2[0-3])\b",
    re.IGNORECASE,
)
_ONE_PUPIL = re.compile(
    r"\b(?:he|she|his|her|hes|shes|child|pupil|boy|girl|baby|student|lad)(?:'s)?\b", re.IGNORECASE
)
#: As somebody dictates it: "oh seven seven double oh …".
_SPOKEN_PHONE = re.compile(
    r"\b(?:oh|o|zero|nought|plus four four)(?:[ ,-]+(?:double |treble |triple )?"
    r"(?:oh|o|zero|nought|one|two|three|four|five|six|seven|eight|nine|hundred)){6,}\b",
    re.IGNORECASE,
)
_MOBILE = re.compile(r"^\D*(?:44|0044|0)?[\s(0]*7")
_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}@(?P<domain>[\w-]{1,63}(?:\.[\w-]{1,63}){1,5})"
    r"|(?<![\w.+-])[\w.+-]{1,64} ?(?: at |\(at\)|\[at\]|@) ?(?P<said>gmail|hotmail|yahoo|outlook|icloud|live)\b"
    r"(?: dot |\.)\w+",
    re.IGNORECASE,
)
#: Where families have their mail, and no school has.
_PRIVATE_MAIL = re.compile(
    r"^(?:g(?:oogle)?mail|hotmail|outlook|live|msn|yahoo|ymail|rocketmail|icloud|me|mac|aol|sky"
    r"|btinternet|btopenworld|talktalk|virginmedia|ntlworld|blueyonder|proton(?:mail)?|pm|gmx|mail"
    r"|tiscali|plusnet|o2|wp|onet|interia)\.",
    re.IGNORECASE,
)
_WORK_MAIL = re.compile(
    r"(?:\.sch\.uk|\.ac\.uk|\.gov\.uk|\.nhs\.uk|\.org\.uk|\.org|\.example)$", re.IGNORECASE
)
_NUMBER = re.compile(r"\b[A-Za-z][ -]?(?:\d[ -]?){11}[A-Za-z\d]\b")
_CALLED_NUMBER = re.compile(
    r"\b(?:upn|unique pupil (?:number|no)|pupil (?:number|no|ref\w*))\W{0,3}(?:is |no\.? )?\W?"
    r"(?:[a-z][ -]?)?\d(?:[ -]?[\da-z]){5,12}\b",
    re.IGNORECASE,
)
#: Shaped like one, though its check letter is wrong: enough beside a word for a pupil or a register.
_MISTYPED_NUMBER = re.compile(r"\b[A-HJ-NP-Z]\d{12}\b|\b[A-HJ-NP-Z]\d{11}[A-Z]\b", re.IGNORECASE)
_REGISTERS = re.compile(
    r"\b(?:sims|arbor|bromcom|upn|pupil number|pupil no|his|her|their|child|pupil|boy|girl|student)\b",
    re.IGNORECASE,
)
_STREET = r"(?:street|st|road|rd|avenue|ave|lane|ln|close|drive|crescent|cres|terrace|gardens|grove|mews|court)"
_NO_STREET_NAME = (
    r"(?!(?:in|the|of|to|a|an|on|pupils?|children|kids|boys|girls|minutes?|mins|miles?|people|staff|places|"
    r"from|for|at|by|down|up|and|are|is|have|year|class|my|our|very|more|lessons?|st|rd|nd|th)\b)"
)
_ADDRESS = re.compile(
    rf"\b\d{{1,4}}[a-d]?,? (?:{_NO_STREET_NAME}[a-z']+ ){{1,3}}{_STREET}\b"
    rf"(?! (?:safety|friends?|reading|match|primary|school|academy|infant|junior|nursery|building)\b)"
    r"|\b(?:liv(?:es?|ing)|moved|address|stay(?:s|ing))\W+(?:is |at |to |on |now )*\W*"
    r"(?:flat |no\.? ?)?\d{1,4}[a-d]?\W+(?:the )?[a-z]{3,}"
    rf"|\b(?:lives?|living|stays?|staying) (?:in |on |at |down |up )?(?:{_NO_STREET_NAME}[a-z']+ ){{1,2}}{_STREET}\b"
    r"(?! (?:primary|school|academy|infant|junior|nursery)\b)"
    r"|\bflat (?:no\.? ?)?\d{1,3}[a-d]?\b"
    # A postcode; its last letters are never those of "3pm".
    r"|\b[a-z]{1,2}\d[a-z\d]? ?\d(?!st|nd|rd|th)[abd-hjlnp-uw-z]{2}\b",
    re.IGNORECASE,
)
_FAMILY = re.compile(
    r"\b(?:mum|mom|dad|mother|father|parents?|carers?|nan|nana|gran|grandad|guardian|family|home"
    r"|his|her|their|he|she|they|lives?|flat|pupil|child|boy|girl)(?:'?s)?\b",
    re.IGNORECASE,
)
_OF_A_SCHOOL = re.compile(
    r"\b(?:school|office|reception desk|academy|switchboard|hub|venue|centre|center|hall|church"
    r"|extension|ext|park(?:ing)?|sat ?nav|training|trust|held at)\b",
    re.IGNORECASE,
)
_TEAMS_LINK = re.compile(r"https://teams\.(?:microsoft|live)\.com/\S+", re.IGNORECASE)


def details(text: str, known_domains: frozenset[str] = frozenset()) -> Iterator[Sighting]:
    """Every such detail in a text. ``known_domains`` are those of the trust's own mail."""
    # Of the same length, so that places in the text stay true.
    text = _TEAMS_LINK.sub(lambda link: " " * len(link[0]), text)
    for found in _BIRTH.finditer(text):
        yield Sighting("a date of birth", *found.span(), "a day beside a word for birth")
    if _ONE_PUPIL.search(text):
        for found in _LONG_AGO.finditer(text):
            yield Sighting("a date of birth", *found.span(), "a day long ago beside a pupil")
    for found in _numbers(text):
        yield Sighting("a unique pupil number", *found.span(), "a number like a UPN")
    for found in _PHONE.finditer(text):
        if _MOBILE.match(found[0]) or not _is_a_schools(found, text):
            yield Sighting("a phone number", *found.span(), "a telephone number not a school's")
    for found in _SPOKEN_PHONE.finditer(text):
        yield Sighting("a phone number", *found.span(), "a telephone number said digit by digit")
    for found in _EMAIL.finditer(text):
        if not _is_work_mail(found, text, known_domains):
            yield Sighting("an email address", *found.span(), "an e-mail address not of work")
    for found in _ADDRESS.finditer(text):
        if not _is_a_schools(found, text):
            yield Sighting("a home address", *found.span(), "an address not a school's")


def _numbers(text: str) -> Iterator[re.Match[str]]:
    yield from _CALLED_NUMBER.finditer(text)
    for found in _NUMBER.finditer(text):
        if is_pupil_number(re.sub("[ -]", "", found[0])):
            yield found
    if _REGISTERS.search(text):
        yield from _MISTYPED_NUMBER.finditer(text)


def _is_a_schools(found: re.Match[str], text: str) -> bool:
    around = f"{text[: found.start()]} {text[found.end() :]}"
    return bool(_OF_A_SCHOOL.search(around)) and not _FAMILY.search(around)


def _is_work_mail(found: re.Match[str], text: str, known_domains: frozenset[str]) -> bool:
    domain = (found["domain"] or "").lower()
    if not domain or _PRIVATE_MAIL.match(domain):
        return False
    # "Mum's email is …" is a family's, wherever it is kept.
    if _FAMILY.search(text[max(0, found.start() - 30) : found.start()]):
        return False
    return domain in known_domains or bool(_WORK_MAIL.search(domain))
