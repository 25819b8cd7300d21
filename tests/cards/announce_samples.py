"""Cards of news: for sixty schools and hundreds of people, with the longest words."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.loading.content import load_offer
from cards import announce, news
from hub.announcements import Addressee, Announcement, Chosen, Recipients
from hub.booking import Session
from hub.people import Person, Role, School

AN_ID = UUID("5a0f8c1e-0000-4000-8000-000000000001")
STARTS = datetime(2026, 12, 3, 10, tzinfo=ZoneInfo("Europe/London"))
HARD_WORDS = ("*News* [here](there) _now_ مرحبا 🎒\n" + "x" * 600)[:600]
SCHOOLS = [
    School(f"school-{at}", f"Academy of {HARD_WORDS[:40]} {at}", at % 9 == 0) for at in range(60)
]
CHOICES = announce.Choices(load_offer(None), SCHOOLS)
CLINIC = Session(AN_ID, "4", HARD_WORDS[:200], STARTS, STARTS + timedelta(hours=3), "School B", 12)
CHOSEN = Chosen(
    frozenset({"1", "2a", "2b"}), frozenset(Role), frozenset(each.id for each in SCHOOLS[:3]), True
)
PEOPLE = tuple(
    Addressee(Person(AN_ID, "t", "o", HARD_WORDS[:200], school=SCHOOLS[at % 60]), at % 2 == 0)
    for at in range(500)
)
NEWS = Announcement(
    AN_ID, AN_ID, HARD_WORDS[:80], HARD_WORDS, HARD_WORDS[:300], CHOSEN, 500, STARTS, CLINIC
)
DRAFT = announce.Draft(AN_ID, HARD_WORDS, CHOSEN, CLINIC)


def preview(people, opted_out=0):
    return announce.preview_card(
        DRAFT,
        CHOICES,
        NEWS,
        Recipients(people, opted_out),
        seen="0123456789abcdef",
        goes_out="at once",
        intro="It was 14 when you looked, and it is 15 now. Please look again.",
    )


CARDS = {
    "announce": announce.announce_card(announce.Draft(AN_ID), CHOICES),
    "announce about a session": announce.announce_card(DRAFT, CHOICES, "Please write it again."),
    "preview for 500": preview(PEOPLE, 3),
    "preview for one": preview(PEOPLE[1:2], 1),
    "preview for nobody": preview(()),
    "news sent": news.sent_card(NEWS, again=False),
    "news sent before": news.sent_card(replace(NEWS, session=None), again=True),
    "nothing announced": news.announced_card([], 0, has_more=False),
    "announced": news.announced_card([NEWS] * 5, 1, has_more=True),
    "news": news.news_card(NEWS),
    "news without a session": news.news_card(replace(NEWS, session=None)),
}
