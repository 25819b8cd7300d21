"""What a question about the programme narrows down: tier, role, time and place, out of its words."""

from dialogs.desk import Desk
from hub.programme import Sought
from hub.understanding import Understanding

#: 1:1 support is asked for, not looked up in a programme.
NOT_ON_THE_PROGRAMME = "6"


async def asked_for(desk: Desk, meaning: Understanding) -> tuple[Sought, str]:
    """What to look for, and the words for it in a title."""
    del desk
    tier = None if meaning.tier == NOT_ON_THE_PROGRAMME else meaning.tier
    return Sought(tier=tier), ""
