"""What only sounds like harm to a child, subjects that are taught, and words that alarm anywhere.

How staff write of what happens to a child is next door: ``concerns_of_harm``, ``concerns_at_home``.
"""

import re

from bot.understanding.concern_vocabulary import words

#: Sounds like harm and is not; taken out before anything is looked for.
HARMLESS = re.compile(
    r"\b(?:hits?|hitting|hit) (?:the |our |my |a |their )?(?:targets?|deadlines?|roof|nail|ground|road|gym|spot|milestone)"
    r"|\bdeadline\w* hits?|\bbeat(?:s|ing)? (?:the|boxes?|around|and)|\bheart ?beats?|\bburn(?:t|ing)? ?out|\bbruised (?:apples?|fruit|bananas?|ego)"
    r"|\b(?:ab|mis)use of (?:the |this |our |my |a )?(?:\w+ )?(?:systems?|bookings?|power|goodwill|position|process|printers?|photocopier|car park|parking|budget|funds|funding|trust|time)\b"
    r"|\bsuicide (?:mission|squad)"
    r"|\bbruises? (?:really |very |so )?easily"
    r"|\b(?:throw\w*|threw|fling\w*) (?:him|her|them)sel\w+ (?:on|to|onto) the (?:floor|carpet|ground)"
    r"|\bcuts? (?:up )?(?:his|her|their) own (?:sandwich\w*|food|dinner|meat|fruit|toast|lunch)"
    r"|\b(?:training|courses?|sessions?|polic(?:y|ies)|resources|workshops?|webinars?|anything|guidance) (?:on|about) (?:harmful )?sexual(?:i[sz]ed)? behaviours?"
    r"|\bscabs? (?:\w+ ){0,3}bleed\w*"
    r"|\bblack eyed? peas?|\btouch(?:es)? (?:base|typ\w+|screens?|on|points?)"
    r"|\b(?:hates?|dislikes?|doesnt like|does not like|dont like|cant (?:stand|bear|tolerate|cope with)|likes?|avoids?|sensory|with) (?:\w+ ){0,4}touch\w*(?: (?:him|her|them))?"
    r"|\bkill(?:ing)? (?:time|for a|me\b|two birds)|\bdying (?:to|of)\b|\bneglected to\b|\bcut(?:s|ting)? (?:the|to|with|skills|along|it|down|off|and stick|out)\b"
    r"|\bmissing (?:phonics|sounds?|vocab\w*|numbers?|words?|letters?|the|a|first|out|lessons?|school work|work|assembl\w+|register|pieces?|lots of|a lot|some|education polic\w+|teeth)"
    r"|\b(?:hurts?|hurting) (?:my|his ears|her ears|their ears|feelings)|\bhurt feelings|\bnoise hurts|\bhungry (?:for|after|caterpillar)|\bdirty (?:protest|hands)"
    r"|\bpunch(?:ing)? (?:list|holes?|above)|\bhole punch|\bsmack(?:s|ing) (?:his|her|their) lips|\bshoot (?:me|you|over)|\bfire drills?"
    r"|\bgang of (?:year|y\d|boys|girls|kids)|\bhome (?:time|reading|learning|work|corner|school\w*|link|visits?)|\bscreen ?time"
    r"|\b(?:dog|pet|hygiene and|personal) grooming|\bgrooming (?:and|qualification|salon|yourself)|\bkick(?:s|ed)? off\b|\btouch wood"
    r"|\bhead ?bang\w*|\bsafe(?:r)? (?:space|place)|\bdrop dead|\bdead(?:line|lines)\b"
)
#: Teaching and reading about a subject, which the Hub may well be asked for.
SUBJECT = re.compile(
    r"\b(?:train\w*|polic(?:y|ies)|courses?|modules?|e ?-?learning|cpd|inset|webinars?|assembl\w+|lessons?"
    r"|units?|topics?|schemes?|curriculum|pshe|rshe|rse|briefings?|updates?|refreshers?|awareness|resources?|toolkits?"
    r"|clinics?|strateg\w+|sessions?|workshops?|networks?|governors?|qualifications?|history|english"
    r"|literature|novels?|poems?|books?|texts?|quiz|week|duty|prevention|guidance|handbook|certificate|level \d"
    r"|slides|powerpoint|teaching|science|music|pdf|docx|pptx|leaflet|posters?|meetings?|skills|education|practice"
    r"|informed|audits?|forms?|templates?|displays?|drama|research|dates|encompass|kcsie|internet day|policies|programme|in (?:primary|secondary)(?: schools?)?|(?:run|have|got|offer|is there|got) anything (?:on|about))\b"
)
#: Says that it is about somebody, even where a subject is named.
ABOUT_A_CHILD = re.compile(
    r"\b(?:he|she|hes|shes|his|her|him|they|my (?:class|form|tutee|pupil|kids?|y\d+|year \d+)|(?:a|this|the|that|one) (?:\w+ )?(?:child|boy|girl|pupil|student|lad|kid)"
    r"|one of (?:my|our|the|mine)|told me|disclosed|worried|concern\w*|scared|suspect\w*|at risk|i think|happening|a yr? ?\d+"
    r"|pupil (?:is|has|says|said)|child (?:is|has|says|said)|someone)\b"
)

#: A subject by its name: a concern unless it is plainly about teaching it.
NAMED = (
    words("self-harm or suicide", r"self ?-?harm\w*", r"suicid\w*", r"overdos\w*"),
    words(
        "exploitation",
        r"county lines?",
        r"groom(?:ing|ed|er|s)?\b",
        r"trafficking",
        r"exploit(?:ed|ation|ing)",
        r"\b(?:cse|cce)\b",
        r"knife crime",
        r"sextortion",
        r"sexting",
    ),
    words(
        "radicalisation",
        r"radicali[sz]\w*",
        r"extremis[mt]\w*",
        r"terroris[mt]\w*",
        r"isis\b",
        r"jihad\w*",
        r"far right",
        r"neo nazi\w*",
        r"white suprem\w*",
        r"incels?\b",
        r"prevent (?:concern|referral)",
    ),
    words(
        "so-called honour-based abuse",
        r"fgm\b",
        r"female genital",
        r"forced marriage",
        r"honou?r based",
        r"breast ironing",
    ),
    words(
        "abuse or neglect",
        r"abus(?:e|ed|es|ing|er|ive)\b(?! of power)",
        r"neglect\w*",
        r"domestic (?:abuse|violence)",
        r"sexual (?:abuse|assault|harassment|exploitation|violence)",
        r"child on child",
        r"peer on peer",
        r"harmful sexual",
    ),
    words("a disclosure", r"disclos(?:ed|ure|ures|ing)\b"),
)

#: Words that hardly ever fall in a chat about teaching: enough beside anybody in particular.
ALARMING = re.compile(
    r"\b(?:scars?|(?:to|will|might|deserves? to|going to|let (?:him|her) ) ?die|kill\w*|worthless|guns?|knife(?! and fork)|knives(?! and forks)"
    r"|weapons?|stab\w*|shoot\w* (?:people|everyone|him|her|them|up|his|her)|strangl\w*|raped?|naked(?! eye)|nudes?|undress\w*(?! for pe)"
    r"|sexual\w*|porn\w*|drugs(?! for)|weed|cannabis|spice|heroin|cocaine|ketamine|dealers?|vodka|drunk|stoned|hitler|nazis?|isis|jews|ritual"
    r"|witch\w*|exorcis\w*|marry|married at|assault\w*|blackmail\w*|noose|bleeds?|bleeding|petrified|abduct\w*|kidnap\w*|hostage"
    r"|trafficked|prostitut\w*|strip(?:ped|ping) (?:off|naked)|threaten\w* (?:him|her|them|to)|abandon\w*|squalor|evict\w*|infested|homeless)\b"
)

#: Words that hurried fingers misspell, and what they stand for.
OFTEN_MISSPELT = (
    "bruise",
    "bruises",
    "bruised",
    "bruising",
    "safeguarding",
    "suicide",
    "suicidal",
    "neglect",
    "neglected",
    "abused",
    "abusing",
    "grooming",
    "groomed",
    "radicalised",
    "disclosed",
    "disclosure",
    "overdose",
    "strangled",
    "molested",
    "exploited",
    "inappropriately",
    "extremist",
    "assaulted",
)
