"""What each toolkit was promised to cover, and the words by which staff look for it.

A page may be rewritten, but not lose one of these.
"""

#: Patterns, any case, that the body of a page is to contain.
COVERS = {
    "autism": (
        "warn of change", "noise, light", "words are taken as they are said", "wait ten seconds",
        "interest as a way in", "mask", "worn out", "autistic learner", "break and lunch",
        "count down to each move", "ask the learner",
    ),
    "slcn": (
        "ten seconds", "fewer words: one idea at a time", "key words before the lesson", "point, gesture",
        "show me", "recast, don’t correct", "talk partners", "DLD", "common", "easy to miss",
        "selective mutism", "stammer",
    ),
    "semh": (
        "behaviour is communication", "connect before you correct", "co-regulat", "same way each time",
        "feeling words", "low arousal", "repair", "key adult", "safeguarding", "DSL",
    ),
    "adhd": (
        "chunk and check", "movement", "seat by purpose", "show time", "steps", "praise at once",
        "one instruction", "planning|checklist", "keep every break",
    ),
    "dcd": (
        "planning movements", "type, dictate", "typing", "PE", "changing", "grip", "sloped board",
        "feet flat", "one movement at a time", "checklist", "proud|confidence", "mark the ideas",
    ),
    "dyslexia": (
        "structured phonics", "overlearn", "read aloud unprepared", "spacing", "size 12",
        "colour they find comfortable", "pre-reading", "ways to record", "spellings", "working memory",
        "not a treatment",
    ),
    "sensory": (
        "map the day", "noise", "glare|light", "crowd|busy paths", "touch", "movement", "seeking", "avoiding",
        "ear defenders", "no comment", "uniform", "dinner", "way out", "sensory circuits",
        "occupational therapy",
    ),
    "cognition-learning": (
        "next small one", "concrete–pictorial–abstract", "practise it again", "retrieval questions: last lesson, last week",
        "cut the load, not the aim", "scaffold", "take part of it away", "classmates", "moderate", "severe",
        "global delay",
    ),
    "assistive-technology": (
        "dictate", "immersive reader", "read-aloud", "captions", "contrast", "record in another way",
        "start with the task", "teach the tool", "routine", "normal way of working",
    ),
    "reasonable-adjustments": (
        "anticipatory", "science", "english", "discreet", "record", "review", "trips", "clubs", "behaviour",
        "exams", "family", "diagnosis",
    ),
    "adaptive-teaching": (
        "outliers", "explicit instruction", "I–we–you", "scaffold", "flexible grouping|regroup",
        "check for understanding", "adapt in the moment", "five-a-day",
    ),
    "ta-deployment": (
        "teacher stays responsible", "adds value", "least help first", "independence",
        "share the goal|before the lesson", "structured", "audit",
    ),
    "graduated-approach": (
        "assess, plan, do, review", "who", "by when", "SMART", "learner", "family", "provision map",
        "six to ten weeks", "step up", "template",
    ),
    "ehcp": (
        "evidence", "assessment", "sections", "outcomes", "hours|specific|quantified", "annual review",
        "20 weeks", "checklist|quality assurance",
    ),
    "aac-symbols": (
        "model, model, model", "low tech", "high tech", "timetable", "now and next", "core words",
        "everyone uses it", "wait", "whole school",
    ),
    "maths-gaps": (
        "year group’s idea", "prior knowledge|know first", "top of the school", "number", "maths anxiety",
        "dyscalculia", "way in|ways in", "two years", "tier 2b",
    ),
    "working-memory": (
        "overload", "shorter|fewer", "dual coding", "worked example", "retrieval", "checklist",
        "say it, show it, leave it up",
    ),
    "attendance": (
        "barriers, not blame", "emotionally based school avoidance", "small step", "key adult",
        "sensory and social load", "medical", "family", "DSL", "part-time timetable", "review",
    ),
}  # fmt: skip

#: Words that staff type.
TAGS = {
    "autism": "autism, autistic, asd, asc, aspergers, routine change, literal, meltdown at transitions, masking",
    "slcn": "speech, language, slcn, dld, doesn't follow instructions, vocabulary, talking, selective mutism, stammer",
    "semh": "semh, anxiety, anxious, angry, meltdown, refuses, shut down, won't come in, mental health, behaviour, dysregulated, attachment, trauma",
    "adhd": "adhd, add, can't sit still, fidget, focus, attention, impulsive, calling out, disorganised",
    "dcd": "dcd, dyspraxia, clumsy, handwriting, coordination, getting changed, scissors",
    "dyslexia": "dyslexia, reading, spelling, decoding, reluctant reader, copying from the board",
    "sensory": "sensory, noise, dinner hall, ear defenders, uniform, chewing, overwhelmed, spd, smells, lights",
    "cognition-learning": "learning difficulties, mld, cognition, behind, low attaining, retention, forgets, gaps, can't access",
    "assistive-technology": "assistive technology, dictation, speech to text, immersive reader, laptop, chromebook, ipad, reader pen",
    "reasonable-adjustments": "reasonable adjustments, equality act, disability, access arrangements, adjustment",
    "adaptive-teaching": "adaptive teaching, differentiation, scaffold, hqt, quality first teaching, mixed ability",
    "ta-deployment": "ta, teaching assistant, lsa, one to one, deployment, velcro, interventions, support staff",
    "graduated-approach": "apdr, assess plan do review, graduated response, support plan, iep, provision map, targets, smart",
    "ehcp": "ehcp, ehc plan, annual review, needs assessment, statutory, section f, top up",
    "aac-symbols": "aac, pecs, makaton, symbols, widgit, non verbal, non-speaking, communication board, now and next",
    "maths-gaps": "maths, gap, below, year group, dyscalculia, times tables, number, two years behind",
    "working-memory": "working memory, cognitive load, forgets instructions, loses track, overload",
    "attendance": "attendance, school refusal, ebsa, won't come in, absent, part time timetable, persistent absence",
}
