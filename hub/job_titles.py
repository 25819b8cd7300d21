"""Roles as people write them: in a job title, in a file's cell, in a sentence about oneself.

The two roles that the trust gives (Trust SEND Lead, Trust Maths Lead) are never read out of words.
"""

import re

from hub.people import Role

#: Tried in this order; what one has matched is not read again, so that an assistant headteacher is
#: no headteacher and a hub class teacher no class teacher as well.
_WORDINGS: tuple[tuple[Role, str], ...] = (
    (Role.SENIOR_LEADER, r"(assistant|deputy|vice|asst\.?|dep\.?)[ -]?(head(teacher)?|principal)"),
    (Role.SENIOR_LEADER, r"\b(dht|aht|slt|senior lead(er|ership( team)?)?)\b"),
    (
        Role.PASTORAL,
        r"head of (year|house|key stage)( \w+)?|pastoral( (lead|staff|manager|support))?",
    ),
    (
        Role.PASTORAL,
        r"learning mentor|behaviour (lead|mentor|support)|elsa\b|family support worker",
    ),
    (Role.MATHS_LEAD, r"(head of maths|maths?(ematics)?( subject)? (lead(er)?|co-?ordinator))"),
    (Role.CURRICULUM_LEAD, r"curriculum (lead(er)?|co-?ordinator|manager)"),
    (Role.SUBJECT_LEADER, r"head of (department|faculty|(?!school)\w+)"),
    (Role.SUBJECT_LEADER, r"(subject|phase|english|science|history|phonics|reading) (lead(er)?)"),
    (
        Role.SENCO,
        r"\bsend?[ -]?co\b|\bsendco\b|\bsenco\b|sen(d)? co-?ordinator|inclusion (lead|manager)",
    ),
    (
        Role.HUB_CLASS_TEACHER,
        r"hub[ -]class teacher|hub teacher|teacher (in|of) (the|a) hub( class)?",
    ),
    (
        Role.TEACHING_ASSISTANT,
        r"teaching assistants?|learning support assistants?|\bh?l?tas?\b|\blsas?\b",
    ),
    (
        Role.HEADTEACHER,
        r"head ?teachers?|headmistress|headmaster|head of school|\bprincipal\b|\bht\b|\bheads?\b",
    ),
    (
        Role.OFFICE,
        r"(school )?(office|admin)( (staff|manager|assistant))?|\bsecretary\b|receptionist",
    ),
    (
        Role.CLASS_TEACHER,
        r"(class|subject|form|year \d+|reception|nursery|supply|primary)? ?teachers?\b|\bect\b",
    ),
)
_COMPILED = tuple((role, re.compile(words, re.IGNORECASE)) for role, words in _WORDINGS)


def roles_in(words: str) -> frozenset[Role]:
    """Every role that a job title or a sentence names; empty when it names none."""
    return roles_and_rest(words)[0]


def roles_and_rest(words: str) -> tuple[frozenset[Role], str]:
    """The roles named, and what is left of the words without them."""
    found = set()
    rest = re.sub(r"\bsencos\b", "senco", words, flags=re.IGNORECASE)
    for role, wording in _COMPILED:
        if wording.search(rest):
            found.add(role)
            rest = wording.sub(" ", rest)
    return frozenset(found), rest


def role_named(name: str) -> Role | None:
    """The one role of this name, in any of its spellings; None when it is none or several."""
    plain = " ".join(name.split()).lower()
    for role in Role:
        if plain in {role.lower(), f"{role.lower()}s"}:
            return role
    found = roles_in(plain)
    return next(iter(found)) if len(found) == 1 else None
