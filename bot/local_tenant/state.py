"""What the local tenant knows: people's calendars and feeds, and what the bot said."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any


@dataclass
class LocalState:
    """Everything by Entra object id, in plain JSON so that a second start finds it again."""

    #: Object id to display name.
    names: dict[str, str] = field(default_factory=dict)
    #: Object id to what else Graph says of the user, in Graph's own names.
    profiles: dict[str, dict[str, str]] = field(default_factory=dict)
    #: Object ids of people whose account is switched off.
    disabled: list[str] = field(default_factory=list)
    #: Group id to the object ids of its members.
    groups: dict[str, list[str]] = field(default_factory=dict)
    #: Object id to what keeps somebody busy besides their events: ISO 8601 ``start`` and ``end``
    #: with an offset, and a ``status`` if it is not "busy".
    busy: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    #: Object ids of people whose mailbox Graph does not reach: it is on the trust's own server.
    without_mailbox: list[str] = field(default_factory=list)
    #: Object ids of people with a sign-in and no mail address at all.
    without_address: list[str] = field(default_factory=list)
    #: Object ids of people with no licence for Teams.
    without_teams: list[str] = field(default_factory=list)
    #: Object ids of people who have the app, beside those whom the bot has written to.
    installed: list[str] = field(default_factory=list)
    #: Object ids of people who blocked the bot.
    blocked: list[str] = field(default_factory=list)
    #: Whether the app was uploaded to the organisation's catalogue.
    is_in_catalogue: bool = True
    #: Object id to its events, by Graph id.
    calendars: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    #: Object id to the events that were called off there, oldest first: subject and comment.
    cancelled: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    #: Whether an event without attendees can't be called off, only changed or taken out: the
    #: reference leaves it open, so both can be tried.
    cancels_only_meetings: bool = False
    #: Object id to the hours that somebody works, in Graph's own names.
    working_hours: dict[str, dict[str, Any]] = field(default_factory=dict)
    #: Object id to its activity feed, oldest first.
    feeds: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    #: Object id to the mail in its inbox, as Graph messages, oldest first.
    mails: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    #: Conversation id to what the bot said there, oldest first.
    chats: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    #: Object id to the transaction ids it has used, and the event each made.
    transactions: dict[str, dict[str, str]] = field(default_factory=dict)

    def object_id_of(self, user: str) -> str | None:
        """Whose object id or sign-in name this is; None when it is nobody's."""
        wanted = user.lower()
        if wanted in self.names:
            return wanted
        return next((each for each in self.names if self.sign_in_name(each) == wanted), None)

    def sign_in_name(self, object_id: str) -> str:
        """A user principal name, as given or made up from the id."""
        given = self.profiles.get(object_id, {}).get("userPrincipalName")
        return (given or f"{object_id}@people.send-hub.example").lower()

    def has_app(self, object_id: str) -> bool:
        """Whether the app is installed for somebody; who has a chat with the bot has it."""
        return object_id in self.installed or bool(self.chats.get(f"a:{object_id}"))

    def user(self, object_id: str) -> dict[str, Any]:
        """All that Graph says of somebody."""
        has_address = object_id not in self.without_address
        return (
            ({"mail": self.sign_in_name(object_id)} if has_address else {})
            | {"userType": "Member"}
            | self.profiles.get(object_id, {})
            | {
                "id": object_id,
                "displayName": self.names[object_id],
                "userPrincipalName": self.sign_in_name(object_id),
                "accountEnabled": object_id not in self.disabled,
            }
        )

    @classmethod
    def read(cls, path: Path | None) -> "LocalState":
        """What was saved at ``path``; empty when nothing was."""
        if path is None or not path.exists():
            return cls()
        return cls(**json.loads(path.read_text(encoding="utf-8")))

    def save(self, path: Path | None) -> None:
        """Keep everything at ``path``, whole or not at all."""
        if path is None:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".new")
        fresh.write_text(json.dumps(asdict(self), ensure_ascii=False), encoding="utf-8")
        fresh.replace(path)
