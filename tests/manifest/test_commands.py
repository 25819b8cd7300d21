"""Every command that Teams lists is understood when it is picked."""

import pytest

from bot.understanding.reader import OfflineReader
from hub.understanding import Intent
from manifest.build import LOCAL_APP_ID, AppDetails, manifest_of

MEANT = {
    "What's on": Intent.WHATS_ON,
    "My bookings": Intent.MY_BOOKINGS,
    "Give up my place": Intent.CANCEL_BOOKING,
    "Book a session": Intent.BOOK_SESSION,
    "Find a toolkit": Intent.FIND_TOOLKIT,
    "Ask for 1:1 support": Intent.REQUEST_SUPPORT,
    "My requests": Intent.MY_REQUESTS,
    "Reminders": Intent.NUDGE_SETTINGS,
    "Privacy": Intent.PRIVACY,
    "Help": Intent.HELP,
}

LISTED = {
    command["title"]
    for bot in manifest_of(AppDetails(LOCAL_APP_ID, "1.0.0"))["bots"]
    for scope in bot["commandLists"]
    for command in scope["commands"]
}


@pytest.mark.parametrize("title", sorted(LISTED))
def test_a_listed_command_means_what_it_says(title):
    assert OfflineReader().understand(title).intent is MEANT[title]
