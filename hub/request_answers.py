"""The answers of a request: asked page by page, checked, read out of typed words, told again.

An answer is a string by its question's key; several choices stand with commas between.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hub.days_said import days_in
from hub.services import FACTS, SEVERAL, Kind, Option, Question, Service
from hub.spoken import spoken_day, spoken_list
from hub.visit_times import in_words

Answers = Mapping[str, str]
#: Words of somebody, not an essay.
LONGEST_WORDS = 800
#: Where the words beside ticked times are kept, by the question's key.
IN_WORDS = "_words"
_A_NUMBER = re.compile(r"(?<!\d)\d{1,4}(?!\d)")
_YES = re.compile(r"\b(?:y|yes|yeah|yep|please|sure|ok|okay)\b", re.IGNORECASE)
_NO = re.compile(r"\b(?:n|no|nope|nah|don'?t|without)\b", re.IGNORECASE)
_SKIPPED = re.compile(r"^\W*(?:skip|nothing(?: yet)?|none|n/?a|not yet|pass)\W*$", re.IGNORECASE)
#: How needs are called beside their own titles; topics are recognised by the reader as well.
_NOT_SURE = re.compile(r"\b(?:not sure|don'?t know|other|something else)\b", re.IGNORECASE)


def pages(service: Service) -> tuple[tuple[Question, ...], ...]:
    """The steps of a request: all the facts on one card first, then each thing in words."""
    facts = tuple(each for each in service.questions if each.kind in FACTS)
    words = tuple((each,) for each in service.questions if each.kind not in FACTS)
    return (facts, *words) if facts else words


def preset(service: Service) -> dict[str, str]:
    """What is chosen from the start."""
    return {each.key: each.preset for each in service.questions if each.preset}


@dataclass(frozen=True)
class Problem:
    """Why an answer cannot be taken; ``say`` tells the person."""

    question: Question
    say: str


def checked(question: Question, value: str, today: date) -> str | Problem:
    """An answer as it is kept; "" when nothing was said. Words must have passed the guard."""
    said = " ".join(value.split())
    if not said:
        return ""
    match question.kind:
        case Kind.TEXT:
            return _words(question, said)
        case Kind.TIMES:
            return said
        case Kind.NUMBER:
            return _number(question, said)
        case Kind.DATE:
            return _date(question, said, today)
        case _:
            return _chosen(question, said)


def _words(question: Question, said: str) -> str | Problem:
    if len(said) > LONGEST_WORDS:
        say = f"That is a little long for me. Could you say it in under {LONGEST_WORDS} characters?"
        return Problem(question, say)
    return said


def _number(question: Question, said: str) -> str | Problem:
    is_number = said.isascii() and said.isdigit() and len(said) <= len(str(question.most))
    if is_number and question.least <= int(said) <= question.most:
        return str(int(said))
    say = f"“{question.asks}” takes a number from {question.least} to {question.most}."
    return Problem(question, say)


def _date(question: Question, said: str, today: date) -> str | Problem:
    try:
        day = date.fromisoformat(said)
    except ValueError:
        return Problem(question, "I couldn't read that day. Try “3 December” or use the calendar.")
    if day < today:
        return Problem(question, f"{spoken_day(day)} is over. Which day is meant?")
    return day.isoformat()


def _chosen(question: Question, said: str) -> str | Problem:
    known = [each.key for each in question.choices]
    chosen = [each.strip() for each in said.split(",")]
    kept = [key for key in known if key in chosen]
    if len(kept) != len(set(chosen)) or (question.kind not in SEVERAL and len(kept) > 1):
        return Problem(question, f"Please choose again: {question.asks}")
    return ",".join(kept)


def missing(page: Sequence[Question], answers: Answers) -> list[Question]:
    """What still needs an answer on one page, or on all of them together."""
    return [each for each in page if not each.optional and not is_answered(each, answers)]


def is_answered(question: Question, answers: Answers) -> bool:
    """Whether there is anything; times may be ticked or told in words."""
    in_words = answers.get(question.key + IN_WORDS) if question.kind is Kind.TIMES else ""
    return bool(answers.get(question.key) or in_words)


def stopped(page: Sequence[Question], answers: Answers) -> Question | None:
    """The question whose answer means that the request cannot go on; consent not given, say."""
    return next((each for each in page if each.stops and answers.get(each.key) == each.stops), None)


def first_page_to_do(service: Service, answers: Answers) -> int:
    """The page on which something is still missing; the number of pages when nothing is."""
    every = pages(service)
    return next((at for at, page in enumerate(every) if missing(page, answers)), len(every))


def read_words(
    page: Sequence[Question], text: str, topics: Sequence[str], today: date
) -> dict[str, str]:
    """What typed words answer on a page; ``topics`` are the needs recognised in them.

    A page with one question in words takes them all; ``skip`` answers one that is optional.
    """
    said = " ".join(text.split())
    if len(page) == 1 and page[0].kind is Kind.TEXT:
        return {page[0].key: "" if page[0].optional and _SKIPPED.match(said) else said}
    if len(page) == 1 and page[0].kind is Kind.TIMES:
        return {page[0].key + IN_WORDS: said}
    found = {each.key: _read(each, said, topics, today, alone=len(page) == 1) for each in page}
    return {key: value for key, value in found.items() if value}


def _read(question: Question, said: str, topics: Sequence[str], today: date, *, alone: bool) -> str:
    words = said.lower()
    match question.kind:
        case Kind.NEEDS:
            return ",".join(_needs(question, words, topics))
        case Kind.NUMBER:
            found = _A_NUMBER.search(_without_days(words, today))
            return found[0] if found else ""
        case Kind.DATE:
            days = [each.meant[0] for each in days_in(words, today) if each.meant[0] >= today]
            return days[0].isoformat() if days else ""
        case Kind.YES_NO:
            return _yes_or_no(words)
        case Kind.CHOICES:
            return ",".join(each.key for each in question.choices if _is_said(each, words))
        case _:
            return _one(question, words, alone=alone)


def _needs(question: Question, words: str, topics: Sequence[str]) -> list[str]:
    named = [each.key for each in question.choices if each.title.lower() in words]
    found = {*topics, *named} or ({"other"} if _NOT_SURE.search(words) else set())
    return [each.key for each in question.choices if each.key in found]


def _yes_or_no(words: str) -> str:
    if _NO.search(words):
        return "no"
    return "yes" if _YES.search(words) else ""


def _one(question: Question, words: str, *, alone: bool) -> str:
    """The option whose words are longest: "not urgent" is not urgent."""
    found = [
        (len(each), -at, option.key)
        for at, option in enumerate(question.choices)
        for each in (option.title.lower(), *option.said)
        # "No" by itself is an answer only where there is nothing else it could be about.
        if (alone or len(each) > len("yes") or words == each) and _has(words, each)
    ]
    return max(found)[2] if found else ""


def _is_said(option: Option, words: str) -> bool:
    return any(_has(words, each) for each in (option.title.lower(), *option.said))


def _has(words: str, said: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(said)}(?!\w)", words))


def _without_days(words: str, today: date) -> str:
    for day in sorted(days_in(words, today), key=lambda each: -each.starts_at):
        words = words[: day.starts_at] + words[day.ends_at :]
    return words


def told(question: Question, answers: Answers) -> str:
    """An answer in words; "" where there is none."""
    value = answers.get(question.key, "")
    match question.kind:
        case Kind.TIMES:
            slots = spoken_list(in_words(value))
            words = answers.get(question.key + IN_WORDS, "")
            return "; ".join(each for each in (slots, words) if each)
        case Kind.DATE:
            return spoken_day(date.fromisoformat(value)) if value else ""
        case Kind.TEXT | Kind.NUMBER:
            return value
        case _:
            chosen = value.split(",")
            return spoken_list([each.title for each in question.choices if each.key in chosen])
