"""Reads messages offline: guards first, then the weightiest phrase, tier and topics."""

import re
from collections.abc import Collection

from bot.understanding import phrases
from bot.understanding.guards import guard
from bot.understanding.plain_text import plain
from hub.understanding import Guarded, Intent, Understanding

#: Longer text is read only this far; nobody's point comes later.
READS = 4000
_TIER = re.compile(r"\btier\s*(1|2\s?[abc]|3|4|5|6)\b")


class OfflineReader:
    """Understands by weighted phrases: deterministic, explainable, no network."""

    def understand(self, text: str) -> Understanding:
        """Give the message's meaning; the guards win over any other intent."""
        said = plain(text[:READS])
        topics = _topics(said)
        if guarded := self.guard(text):
            return Understanding(
                text, guarded.intent, topics, None, 1.0, why=guarded.seen + guarded.why
            )
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

    def guard(self, text: str, known_names: Collection[str] = ()) -> Guarded | None:
        """Say why this free text must not be kept, or None when it may be."""
        return guard(text, known_names)


def _tier(said: str) -> str | None:
    if found := _TIER.search(said):
        return found[1].replace(" ", "")
    return next((tier for tier, pattern in phrases.TIERS if pattern.search(said)), None)


def _topics(said: str) -> tuple[str, ...]:
    hits = {topic: len(pattern.findall(said)) for topic, pattern in phrases.TOPICS}
    ranked = sorted((topic for topic in hits if hits[topic]), key=lambda topic: -hits[topic])
    return tuple(ranked[:3])
