"""What the bot asks of Microsoft Graph: each permission, why, and what stops working without it.

``doctor`` compares this with what was granted; docs/permissions.md carries the same table, and a
test keeps the two in step. All are application permissions with admin consent.
Source: Microsoft Graph v1.0 reference, "least privileged permissions" of each call.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Permission:
    """One application permission of Microsoft Graph."""

    name: str
    #: What it is for, as an IT lead would ask.
    why: str
    #: The calls that need it, without the ``/v1.0``.
    calls: tuple[str, ...]
    #: What people lose without it; the rest goes on.
    without: str
    #: Wider permissions that include it: they work too, but grant more than is needed.
    wider: frozenset[str] = frozenset()
    #: Whether Exchange can grant it for chosen mailboxes only, which a token does not show.
    can_be_granted_in_exchange: bool = False


PERMISSIONS: tuple[Permission, ...] = (
    Permission(
        name="TeamsActivity.Send",
        why="Put reminders and changes in a person's Teams activity feed",
        calls=(
            "POST /users/{id}/teamwork/sendActivityNotification",
            "POST /teamwork/sendActivityNotificationToRecipients",
        ),
        without="no activity feed entries: reminders come as chat messages only",
    ),
    Permission(
        name="Calendars.ReadWrite",
        why="Put a booked session, or a visit that is arranged, in the person's own calendar, change "
        "it and take it out again; set up the Teams meeting of an online session or of a "
        "follow-up call in a lead's calendar",
        calls=(
            "POST /users/{id}/events",
            "GET, PATCH, DELETE /users/{id}/events/{id}",
            "POST /users/{id}/events/{id}/cancel",
        ),
        without="no calendar entries, and no Teams meetings but those whose link a lead gives; "
        "bookings and reminders go on",
        can_be_granted_in_exchange=True,
    ),
    Permission(
        name="User.Read.All",
        why="Know a colleague's name, job title and school, whether they are a guest, whether "
        "their account is still in use, and where they get mail",
        calls=("GET /users/{id}", "GET /users"),
        without="everybody is asked for their role and school; leads are listed by object id; "
        "guests are told by their tenant only; nobody is known before they write, and accounts "
        "that are switched off are not noticed",
        wider=frozenset({"User.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"}),
    ),
    Permission(
        name="GroupMember.Read.All",
        why="Know who belongs to the staff group and to the leads' group",
        calls=("GET /groups/{id}/members",),
        without="leads are listed one by one; staff are known once they write or from a file, and "
        "leavers are not noticed",
        wider=frozenset({"Group.Read.All", "Directory.Read.All", "Directory.ReadWrite.All"}),
    ),
    Permission(
        name="Calendars.ReadBasic.All",
        why="Offer only times at which the lead, the SENCo and the headteacher are all free",
        calls=("POST /users/{id}/calendar/getSchedule",),
        without="times for a school's meeting are offered without looking at calendars",
        wider=frozenset({"Calendars.Read", "Calendars.ReadWrite"}),
    ),
    Permission(
        name="AppCatalog.Read.All",
        why="Find this app in the organisation's catalogue, to install it for people",
        calls=("GET /appCatalogs/teamsApps",),
        without="the app cannot be installed for people who never opened it: they are mailed; and "
        "`doctor` cannot tell whether it was uploaded",
        wider=frozenset({"AppCatalog.ReadWrite.All"}),
    ),
    Permission(
        name="TeamsAppInstallation.ReadWriteSelfForUser.All",
        why="Install this app, and no other, for a person who is owed a message, and find their "
        "chat with it",
        calls=(
            "GET, POST /users/{id}/teamwork/installedApps",
            "GET /users/{id}/teamwork/installedApps/{id}/chat",
        ),
        without="only people who added the app, or were given it by policy, hear from it in Teams; "
        "others are mailed; an activity feed entry opens the chat, not its card",
        wider=frozenset({"TeamsAppInstallation.ReadWriteAndConsentSelfForUser.All"}),
    ),
    Permission(
        name="Mail.Send",
        why="Reach a colleague who has no Teams, or has blocked the bot, from the one mailbox that "
        "`SENDHUB_MAIL_FROM` names",
        calls=("POST /users/{id}/sendMail",),
        without="such colleagues are shown to the lead as not reached",
        can_be_granted_in_exchange=True,
    ),
)


def missing_from(granted: Collection[str]) -> list[Permission]:
    """What is needed and was granted neither by itself nor by something wider."""
    held = set(granted)
    return [each for each in PERMISSIONS if each.name not in held and not each.wider & held]


def more_than_needed(granted: Collection[str]) -> list[str]:
    """What was granted although nothing here asks for it."""
    return sorted(set(granted) - {each.name for each in PERMISSIONS})


def permission_table(permissions: Iterable[Permission]) -> str:
    """A table of docs/permissions.md, in Markdown."""
    rows = ["| permission | why | calls | without it |", "| --- | --- | --- | --- |"]
    for each in permissions:
        calls = "<br>".join(f"`{call}`" for call in each.calls)
        rows.append(f"| `{each.name}` | {each.why} | {calls} | {each.without} |")
    return "\n".join(rows)
