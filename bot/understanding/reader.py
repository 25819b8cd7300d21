"""Reads messages offline: guards first, then the weightiest phrase, tier and topics."""

import re
import unicodedata

from bot.understanding import phrases
from hub.understanding import Guarded, Intent, Understanding

#: Longer text is read only this far; nobody's point comes later.
READS = 4000
_TIER = re.compile(r"\btier\s*(1|2\s?[abc]|3|4|5|6)\b")


class OfflineReader:
    """Understands by weighted phrases: deterministic, explainable, no network."""

    def understand(self, text: str) -> Understanding:
        """Give the message's meaning; the guards win over any other intent."""
        said = _plain(text)
        topics = _topics(said)
        if guarded := self.guard(text):
            return Understanding(text, guarded.intent, topics, None, 1.0, why=guarded.seen)
        tier, scores, why = _tier(said), dict.fromkeys(Intent, 0.0), []
        for phrase in phrases.INTENTS:
            if found := phrase.pattern.search(said):
                scores[phrase.intent] += phrase.weight
                why.append(f"“{found[0]}” speaks for {phrase.intent} ({phrase.weight})")
        if tier and tier != "6" and not any(scores.values()):
            scores[Intent.WHATS_ON] = 1.0
        if tier == "6":
            scores[Intent.REQUEST_SUPPORT] += 2.0
        if topics:
            scores[Intent.FIND_TOOLKIT] += 0.9
        best = max(scores, key=lambda intent: scores[intent])
        if scores[best] <= 0:
            return Understanding(text, Intent.UNKNOWN, (), tier, 0.0)
        total = sum(scores.values())
        if best is Intent.REQUEST_SUPPORT:
            tier = "6"
        return Understanding(text, best, topics, tier, scores[best] / total, why=tuple(why))

    def guard(self, text: str) -> Guarded | None:
        """Say why this free text must not be kept, or None when it may be."""
        said = _plain(text)
        if any(pattern.search(said) for pattern in phrases.SAFEGUARDING):
            return Guarded(Intent.SAFEGUARDING_CONCERN)
        original = _visible(text)
        seen = tuple(word for word, pattern in phrases.PUPIL_DETAILS if pattern.search(original))
        return Guarded(Intent.PUPIL_DETAILS, seen) if seen else None


def _visible(text: str) -> str:
    # Full-width digits, invisible characters and line breaks must not carry a detail past the guard.
    folded = unicodedata.normalize("NFKC", text[:READS])
    spaced = (" " if unicodedata.category(each) == "Cc" else each for each in folded)
    return " ".join("".join(e for e in spaced if unicodedata.category(e) != "Cf").split())


def _plain(text: str) -> str:
    return re.sub(r"[’‘]", "'", _visible(text)).lower()


def _tier(said: str) -> str | None:
    if found := _TIER.search(said):
        return found[1].replace(" ", "")
    return next((tier for tier, pattern in phrases.TIERS if pattern.search(said)), None)


def _topics(said: str) -> tuple[str, ...]:
    hits = {topic: len(pattern.findall(said)) for topic, pattern in phrases.TOPICS}
    ranked = sorted((topic for topic in hits if hits[topic]), key=lambda topic: -hits[topic])
    return tuple(ranked[:3])
