"""What was agreed at a visit or a call, as whoever recorded it noted it."""

from dataclasses import dataclass

from hub.request_nudges import last_held
from hub.requests import Request, Step, Visit

_RECORDED = frozenset({Step.RECORD_VISIT, Step.RECORD_FOLLOW_UP})


@dataclass(frozen=True)
class Agreed:
    """The last visit or call of a request, with its next steps, one a line."""

    request: Request
    visit: Visit
    steps: tuple[str, ...]


def agreed_in(request: Request) -> Agreed | None:
    """What was agreed last in a request; None when nobody has come or called yet."""
    visit = last_held(request)
    if visit is None:
        return None
    noted = (each.words for each in reversed(request.entries) if each.step in _RECORDED)
    lines = (each.strip(" -–•*") for each in next(noted, "").splitlines())
    return Agreed(request, visit, tuple(each for each in lines if each))
