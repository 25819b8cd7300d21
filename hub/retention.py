"""How long things are kept: the current and the previous school year, then numbers only.

Source: domain notes, section 5. A school year turns on 1 September, whatever its first day of
school, so that this holds for years whose calendar was never loaded.
"""

from datetime import date, timedelta

FIRST_MONTH = 9
#: What was sent, and where a conversation stood: of use for weeks, not for years.
OUTBOX_KEPT = timedelta(weeks=4)
CONVERSATION_STATE_KEPT = timedelta(weeks=4)
#: Whose details were erased, or who wrote what, after that.
NO_LONGER_HERE = "Somebody no longer here"


def first_year(day: date) -> int:
    """The calendar year in which the school year of this day began."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def year_name(day: date) -> str:
    """The school year of a day, such as ``2026-27``."""
    began = first_year(day)
    return f"{began}-{(began + 1) % 100:02}"


def kept_from(today: date) -> date:
    """The first day that is still kept whole; everything before it is reduced to numbers."""
    return date(first_year(today) - 1, FIRST_MONTH, 1)
