"""The phrases that name a tier of the offer; what must never be kept is in ``guards``."""

import re

TIERS = tuple(
    (tier, re.compile(pattern))
    for tier, pattern in (
        (
            "2b",
            r"maths.*(working part|joint)|working party|joint.*maths|sencos? and maths|maths leads? and sencos?|\b2b\b",
        ),
        (
            "2c",
            r"hub (class|school)(es|s)?\b.*(visit|curriculum)|hub visits?\b|visit.*hub (class|school)|curriculum (in schools?|visits?)",
        ),
        (
            "2a",
            r"sen(d)?co(s)? (training|cpd|course)|(training|courses?|cpd) for (new )?sencos?|\b2a\b",
        ),
        ("1", r"send?co(s)?('?s)? (meet\w*|mtg\w*|network|forum|next|get)"),
        (
            "3",
            r"\binset\b|trust[ -]wide (send )?training|trust send training|hebden green training",
        ),
        (
            "5",
            r"(annual|individual|our) (school )?(meeting|visit) with the send lead|(?<!whole )(?<!after )\bschool meetings?\b",
        ),
        ("6", r"1:1|one[ -]to[ -]one support|follow[ -]?up (call|visit)|(come|visit) and see me"),
        ("4", r"clinics?\b"),
    )
)
