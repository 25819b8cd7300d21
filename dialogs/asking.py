"""What a question about the programme narrows down: tier, role, time and place, out of its words."""

from dialogs.desk import Desk
from hub.asked import role_asked, span_in
from hub.programme import Sought
from hub.school_names import schools_in
from hub.understanding import Understanding
from hub.when_it_suits import suits_in
from store import programme, school_years

#: 1:1 support is asked for, not looked up in a programme.
NOT_ON_THE_PROGRAMME = "6"


async def asked_for(desk: Desk, meaning: Understanding) -> tuple[Sought, str]:
    """What to look for, and the words for its days in a title."""
    async with desk.database.read() as db:
        calendar = await school_years.calendar(db)
        schools = await programme.schools(db)
    span = span_in(meaning.text, calendar, desk.now().astimezone(calendar.zone).date())
    named = schools_in(meaning.text, schools)
    sought = Sought(
        tier=None if meaning.tier == NOT_ON_THE_PROGRAMME else meaning.tier,
        role=role_asked(meaning.text),
        starts_on=span.starts_on if span else None,
        ends_on=span.ends_on if span else None,
        place=named[0].name if named else "",
        suits=suits_in(meaning.text),
    )
    return sought, span.words if span else ""
