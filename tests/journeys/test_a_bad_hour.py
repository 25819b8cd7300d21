"""Nearly a third of all calls to Microsoft 365 fail for an hour: all that is owed comes, once."""

import pytest

from hub.outbox import Kind
from tests.journeys.bad_hour import NEWS, REASON, bad_hour


@pytest.mark.parametrize("seed", [1, 2])
async def test_whatever_fails_everything_owed_arrives_once_and_nothing_is_hammered(
    tmp_path, trust, seed
):
    url = f"sqlite+aiosqlite:///{tmp_path}/hub.sqlite"
    async with bad_hour(url, trust, seed) as hour:
        assert await hour.unfinished() == []
        places, bells, messages = (
            await hour.places(),
            await hour.sent(Kind.ACTIVITY_FEED),
            await hour.sent(Kind.CHAT),
        )

    # Calendars are what the truth says, to the last event; feeds and chats miss nothing, and say
    # twice at most what was said in a call whose answer was lost.
    assert hour.calendars() == places
    assert bells <= hour.rung() <= bells + hour.lost("sendActivityNotification")
    assert messages <= hour.heard() <= messages + hour.lost("activities")

    # Nothing is hammered: no limit of Microsoft's was met, and who was asked to wait waited.
    assert hour.teams.tenant.throttle.refused == {}
    assert hour.plan.hasty == {}

    # The hour was bad enough to mean something.
    assert places.total() > 5
    assert bells.total() > 8
    assert hour.plan.met.total() > 10

    # The log tells the story without a token, a name or a word that somebody typed.
    told = hour.log.getvalue()
    assert "not delivered" in told
    for secret in (*hour.tokens, *(each.person.name for each in hour.people), NEWS, REASON):
        assert secret not in told
    assert all(each.person.object_id not in told for each in hour.people)
