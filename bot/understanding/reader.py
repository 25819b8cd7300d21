"""Reads messages offline: guards first, then what was learnt from examples, and the tier's phrases."""

import math
import re
from collections.abc import Collection
from dataclasses import replace

from bot.understanding import phrases
from bot.understanding.features import Features, features_of
from bot.understanding.fragments import may_want
from bot.understanding.guards import guard
from bot.understanding.learning import as_shipped
from bot.understanding.linear import NO_TOPIC
from bot.understanding.outright import said_outright
from bot.understanding.plain_text import plain, visible
from hub.understanding import LEAD_INTENTS, Guarded, Intent, Understanding

#: Longer text is read only this far; nobody's point comes later.
READS = 4000
#: What somebody wants is said in the first words; a whole letter would only blur it.
_WEIGHS = 600
#: Below this the likeliest wish is no better than a guess, and is asked about.
SURE = 0.5
#: A wish less likely than this is not worth a button.
_WORTH_ASKING = 0.08
_MOST_OTHERS = 3
#: A second wish in one message is offered only when its own words say it clearly.
_CLEAR = 0.75
#: Below these, words that name another wish outright go before (found on the examples).
_DOUBTFUL = {Intent.UNKNOWN: 0.7, Intent.FIND_TOOLKIT: 0.8}
_FEWEST_WORDS_OF_A_WISH = 2
#: From here on a message names no toolkit: when it asks for one, for other things, for nothing known.
_SURELY_NONE, _LIKELY_NONE, _MAYBE_NONE = 0.98, 0.75, 0.5
_NONE_FROM = {Intent.FIND_TOOLKIT: _SURELY_NONE, Intent.UNKNOWN: _MAYBE_NONE}
_MOST_TOPICS = 3
_TIER = re.compile(r"\btier\s*(1|2\s?[abc]|3|4|5|6)\b")
_NUMBERS = {"one": "1", "three": "3", "four": "4", "five": "5", "six": "6"}
_TIER_IN_WORDS = re.compile(rf"\btier ({'|'.join(_NUMBERS)})\b")
_NEXT_WISH = re.compile(
    r"\s*[.;!?]+\s+|,?\s+(?:and|then|also|plus)\s+(?:then\s+|also\s+|please\s+)?(?=\w+\s)"
    r"|,\s+(?=(?:can|could|please|send|book|cancel|also|what|when|any)\b)",
    re.IGNORECASE,
)
#: Wishes that may be about a toolkit's subject without asking for one.
_MAY_BE_ABOUT = frozenset(
    {
        Intent.WHATS_ON,
        Intent.BOOK_SESSION,
        Intent.REQUEST_SUPPORT,
        Intent.REQUEST_SERVICE,
        Intent.LEAD_PROGRAMME,
    }
)
#: How far the two models may overrule each other: whether a message is about a toolkit's subject
#: speaks for looking one up, and against wishes that never are.
_DOUBT, _SAY = 0.1, 0.7
#: Wishes that no tier goes with.
_WITHOUT_TIER = frozenset(
    {
        Intent.FIND_TOOLKIT,
        Intent.REQUEST_SERVICE,
        Intent.MY_REQUESTS,
        Intent.SMALLTALK,
        Intent.PRIVACY,
        Intent.NUDGE_SETTINGS,
        Intent.LEAD_QUEUE,
    }
)
_NOT_A_WISH = frozenset({Intent.SMALLTALK, Intent.UNKNOWN})


class OfflineReader:
    """Understands by weights learnt beforehand: deterministic, explainable, no network."""

    def understand(self, text: str) -> Understanding:
        """Give the message's meaning; the guards win over any other intent."""
        if guarded := self.guard(text):
            topics = _topics(_look_at(text), guarded.intent)
            return Understanding(
                text, guarded.intent, topics, None, 1.0, why=guarded.seen + guarded.why
            )
        return _with_others(meaning_of(text))

    def guard(self, text: str, known_names: Collection[str] = ()) -> Guarded | None:
        """Say why this free text must not be kept, or None when it may be."""
        return guard(text, known_names)


def meaning_of(text: str) -> Understanding:
    """What a message means that no guard holds back, or once somebody has put it otherwise."""
    seen = _look_at(text)
    if not seen.words:
        return Understanding(text, Intent.UNKNOWN)
    (best, confidence), *others = _wishes(seen)
    if confidence < _DOUBTFUL.get(best, 0.0):
        outright = said_outright(plain(text[:_WEIGHS]))
        if outright and outright not in LEAD_INTENTS:
            best, confidence = outright, _CLEAR
    fragment = may_want(plain(text[:_WEIGHS]), seen, best)
    likely = tuple(
        intent
        for intent, chance in others[:_MOST_OTHERS]
        if chance >= _WORTH_ASKING and intent not in _NOT_A_WISH
    )
    return Understanding(
        text,
        best,
        _topics(seen, best),
        _tier(plain(text[:READS]), best, confidence),
        confidence,
        asked=fragment,
        others=likely,
        why=tuple(_why(seen, best, confidence)),
        is_sure=confidence >= SURE and not fragment,
    )


def _wishes(seen: Features) -> list[tuple[Intent, float]]:
    """Every wish and how likely it is, likeliest first."""
    learnt = as_shipped()
    unsaid = learnt.about.chances(seen.weights)[NO_TOPIC]
    said = {
        Intent(each): chance * _fit(Intent(each), unsaid)
        for each, chance in learnt.intents.chances(seen.weights).items()
    }
    total = sum(said.values())
    ranked = sorted(said.items(), key=lambda each: -each[1])
    return [(intent, chance / total) for intent, chance in ranked]


def _fit(intent: Intent, unsaid: float) -> float:
    if intent in _MAY_BE_ABOUT:
        return math.pow(0.5, _SAY)
    return math.pow((1 - unsaid if intent is Intent.FIND_TOOLKIT else unsaid) + _DOUBT, _SAY)


def _with_others(meaning: Understanding) -> Understanding:
    """The same with further wishes; thanks and doubt give way to what one part says clearly."""
    wishes = _clear_parts(meaning.text)
    is_clear = meaning.is_sure and meaning.intent not in _NOT_A_WISH
    # What is asked first is answered first.
    if len(wishes) > 1 or (wishes and not is_clear and meaning.intent not in wishes):
        meaning = replace(next(iter(wishes.values())), text=meaning.text)
    others = (wish for intent, wish in wishes.items() if intent is not meaning.intent)
    return replace(meaning, also=tuple(others))


def _clear_parts(text: str) -> dict[Intent, Understanding]:
    """What each part of a message asks for by its own words, in their order."""
    parts = [part.strip() for part in _NEXT_WISH.split(text[:_WEIGHS]) if part and part.strip()]
    found: dict[Intent, Understanding] = {}
    for part in parts if len(parts) > 1 else ():
        wish = meaning_of(part)
        is_clear = wish.confidence >= _CLEAR and wish.intent not in _NOT_A_WISH
        if is_clear and len(part.split()) >= _FEWEST_WORDS_OF_A_WISH:
            found.setdefault(wish.intent, wish)
    return found


def _look_at(text: str) -> Features:
    return features_of(visible(text[:READS])[:_WEIGHS], as_shipped().lexicon)


def _topics(seen: Features, intent: Intent) -> tuple[str, ...]:
    """The toolkits that a message is about, best first; none where it does not say."""
    if intent is Intent.SAFEGUARDING_CONCERN:
        return ()
    unsaid = as_shipped().about.chances(seen.weights)[NO_TOPIC]
    if unsaid >= _NONE_FROM.get(intent, _LIKELY_NONE):
        return ()
    return tuple(as_shipped().topics.chances(seen.weights))[:_MOST_TOPICS]


def _why(seen: Features, intent: Intent, confidence: float) -> list[str]:
    model = as_shipped().intents
    reasons = ", ".join(model.reasons(seen.weights, intent))
    found = sorted({f"“{each.words}” → {each.concept}" for each in seen.seen})
    return [f"{intent} at {confidence:.0%}: {reasons}", *found]


def _tier(said: str, intent: Intent, confidence: float) -> str | None:
    if intent is Intent.REQUEST_SUPPORT:
        return "6"
    if intent in _WITHOUT_TIER and confidence >= _CLEAR:
        return None
    said = _TIER_IN_WORDS.sub(lambda found: f"tier {_NUMBERS[found[1]]}", said)
    if found := _TIER.search(said):
        return found[1].replace(" ", "")
    return next((tier for tier, pattern in phrases.TIERS if pattern.search(said)), None)
