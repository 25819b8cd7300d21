"""Words that our pages do not use about learners, and what we say instead.

Language that dignifies is part of the Hub's culture: words shape expectations. Reading a page for
them is next door (standard.py).
"""

#: A pattern for the words (any case, at word boundaries), and what to write instead.
#: Sources: SEND Hub offer, “Language that dignifies”; NASEN Teacher Handbook: SEND (2024);
#: Cabinet Office, Inclusive language: words to use and avoid when writing about disability (2021).
BANNED = (
    (r"suffer(s|ed|ing)?( from| with)", "has, or is"),
    (r"afflict(s|ed|ion)?( by| with)?", "has, or is"),
    (r"victims? of", "has, or is"),
    (r"SEND? (kids?|child|children|pupils?|learners?|boys?|girls?)", "learners with SEND"),
    (r"special needs (kids?|child|children|pupils?|learners?)", "learners with SEND"),
    (r"special needs", "SEND"),
    (r"low[- ]abilit(y|ies)", "learners who find this hard now"),
    (r"low ability (group|table|set)s?", "flexible groups"),
    (r"less able|more able|bottom (set|group|table)s?", "learners who find this hard now"),
    (r"slow learners?", "learners who need more time"),
    (r"naught(y|iness)", "what you saw the learner do"),
    (r"bad(ly)?[- ]behaved|bad behaviour|problem (child|children|pupils?)", "what you saw"),
    (r"attention[- ]seek(ing|ers?)", "seeking connection"),
    (r"manipulative (child|children|pupils?|behaviour)", "what the behaviour may tell you"),
    (r"tantrums?", "distress"),
    (r"normal (child|children|kids?|pupils?|learners?|peers?)", "classmates, or most learners"),
    (r"cur(e|es|ed|ing)", "support"),
    (r"wheelchair[- ]bound|confined to a wheelchair", "wheelchair user"),
    (r"handicap(s|ped)?|retarded|crippled?|spastic", "disabled"),
    (
        r"the (disabled|autistic|dyslexic)(?! (learner|pupil|child|person|people|adult|student))",
        "disabled people, autistic people, …",
    ),
    (r"(high|low)[- ]functioning", "what support helps"),
    (r"(mild|severe)(ly)? autis(m|tic)", "what support helps"),
    (r"mental(ly)? (age|defective|disturbed)", "what the learner can do now"),
    (r"deaf and dumb|dumb|stupid|thick", "leave it out"),
    (r"won[’']t ever|never be able to", "not yet"),
    (r"lazy", "finds it hard to start"),
)
