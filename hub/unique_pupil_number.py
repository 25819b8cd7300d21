"""The unique pupil number of England's schools, and the letter by which a slip of the key shows.

Source: Department for Education, "Unique pupil numbers (UPN)", and the Government Data Standards
Catalogue, "Unique Pupil Number" 2.0: a check letter, then the authority (3 digits), the school (4),
the year (2) and a serial number (3, of which a temporary number's last is a letter).
"""

import re

#: Without I, O and S, which are read as digits; the place of a letter is its value.
LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
#: The check letter stands first; the weights are those of the characters after it.
WEIGHTS = range(2, 14)
_SHAPE = re.compile(rf"[{LETTERS}]\d{{11}}[\d{LETTERS}]")


def is_pupil_number(text: str) -> bool:
    """Whether this is a permanent or temporary number with the right check letter."""
    number = text.upper()
    return bool(_SHAPE.fullmatch(number)) and check_letter(number[1:]) == number[0]


def check_letter(rest: str) -> str:
    """The letter that goes before these 12 characters."""
    values = (int(each) if each.isdigit() else LETTERS.index(each) for each in rest)
    total = sum(weight * value for weight, value in zip(WEIGHTS, values, strict=True))
    return LETTERS[total % len(LETTERS)]
