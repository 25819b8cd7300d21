"""Every row, every index, every unique rule. Rows never leave ``store``."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Text,
    UniqueConstraint,
    Uuid,
    false,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from store.database import UtcDateTime

#: SQLite numbers rows by itself only for a column of exactly this type.
BigNumber = BigInteger().with_variant(Integer, "sqlite")


class Row(DeclarativeBase):
    """What all tables share: names for constraints, so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy's own form
        datetime: UtcDateTime(),
        date: Date(),
        UUID: Uuid(),
        dict[str, Any]: JSON(),
        list[str]: JSON(),
    }


class SchoolRow(Row):
    """A school of the trust or a partner."""

    __tablename__ = "schools"
    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    is_partner: Mapped[bool] = mapped_column(default=False)


class SchoolYearRow(Row):
    """One school year's calendar, read and written whole."""

    __tablename__ = "school_years"
    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    calendar: Mapped[dict[str, Any]]


class PersonRow(Row):
    """A member of staff; identity is tenant and object id."""

    __tablename__ = "people"
    __table_args__ = (UniqueConstraint("tenant_id", "object_id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    tenant_id: Mapped[str] = mapped_column(String(100))
    object_id: Mapped[str] = mapped_column(String(200))
    name: Mapped[str] = mapped_column(String(200))
    sign_in_name: Mapped[str | None] = mapped_column(String(320))
    roles: Mapped[list[str]]
    school_id: Mapped[str | None] = mapped_column(ForeignKey("schools.id"))
    wants_nudges: Mapped[bool] = mapped_column(default=True)
    is_guest: Mapped[bool] = mapped_column(default=False, server_default=false())
    #: Whether the settings name this person as a lead of the Hub.
    is_appointed: Mapped[bool] = mapped_column(default=False, server_default=false())
    introduced_at: Mapped[datetime | None]
    #: Whether they were in the trust's staff group when it was last read.
    is_listed: Mapped[bool] = mapped_column(default=False, server_default=false())
    left_at: Mapped[datetime | None]
    #: Roles and school as the directory last suggested them, so that a later word of the person
    #: or of a lead is told from them.
    suggested: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    #: When Graph last said that this person has no mailbox.
    no_mailbox_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    school: Mapped[SchoolRow | None] = relationship(lazy="raise")


class StaffReadingRow(Row):
    """How the last reading of the trust's staff group went."""

    __tablename__ = "staff_readings"
    group_id: Mapped[str] = mapped_column(String(100), primary_key=True)
    #: When it was last read whole, and how many people were in it.
    read_at: Mapped[datetime | None]
    members: Mapped[int] = mapped_column(default=0)
    #: Why it could not be read or was not believed since; empty when all is well.
    trouble: Mapped[str] = mapped_column(String(400), default="")


class ConversationRow(Row):
    """Where a person's private chat with the bot is, so that the bot can write first."""

    __tablename__ = "conversations"
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(String(512))
    service_url: Mapped[str] = mapped_column(String(512))
    channel_id: Mapped[str] = mapped_column(String(80))
    bot_id: Mapped[str] = mapped_column(String(512))
    user_id: Mapped[str] = mapped_column(String(512))
    #: What Graph calls this chat; links to a message need it.
    graph_chat_id: Mapped[str | None] = mapped_column(String(512))
    #: When Teams refused a message there, or the app was taken off; None while it is open.
    closed_at: Mapped[datetime | None]
    welcomed_at: Mapped[datetime | None]
    seen_at: Mapped[datetime]


class AppInstallRow(Row):
    """That the app was to be installed for somebody, and what spoke against it."""

    __tablename__ = "app_installs"
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), primary_key=True)
    asked_at: Mapped[datetime]
    barrier: Mapped[str | None] = mapped_column(String(30))


class SessionRow(Row):
    """One dated event of a tier."""

    __tablename__ = "sessions"
    __table_args__ = (
        UniqueConstraint("tier", "title", "starts_at", "venue", "strand", "slot"),
        Index("ix_sessions_tier_starts_at", "tier", "starts_at"),
        CheckConstraint("capacity >= 0", name="capacity"),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        # Tier 5: once per school per school year, however many press at once.
        Index(
            "ix_sessions_one_meeting_a_year",
            "school_id",
            "school_year",
            unique=True,
            sqlite_where=text("tier = '5' AND state = 'scheduled'"),
            postgresql_where=text("tier = '5' AND state = 'scheduled'"),
        ),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    tier: Mapped[str] = mapped_column(String(4))
    title: Mapped[str] = mapped_column(String(200))
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime]
    venue: Mapped[str] = mapped_column(String(200))
    online_url: Mapped[str] = mapped_column(String(1000), default="")
    #: The link of the Teams meeting that the Hub set up.
    join_url: Mapped[str] = mapped_column(String(1000), default="", server_default="")
    capacity: Mapped[int]
    leads: Mapped[list[str]]
    strand: Mapped[str] = mapped_column(String(120), default="")
    slot: Mapped[str] = mapped_column(String(40), default="")
    audience: Mapped[list[str]]
    state: Mapped[str] = mapped_column(String(20), default="scheduled")
    released_to_partners_at: Mapped[datetime | None]
    notes: Mapped[str] = mapped_column(Text, default="")
    #: The school that a Tier 5 meeting is for, or that a visit is to.
    school_id: Mapped[str | None] = mapped_column(ForeignKey("schools.id"))
    #: The year that a Tier 5 meeting counts for, such as ``2026-27``.
    school_year: Mapped[str | None] = mapped_column(String(20))
    #: When the register was first taken.
    registered_at: Mapped[datetime | None]
    #: Rises when the time or the place changes.
    revision: Mapped[int] = mapped_column(default=1, server_default="1")
    #: Why it was moved or cancelled.
    reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    #: Why a lead went ahead although the cadence warned.
    override_note: Mapped[str] = mapped_column(Text, default="", server_default="")
    #: The next number for somebody who books or waits; gives the order of arrival.
    next_arrival: Mapped[int] = mapped_column(default=1)


class BookingRow(Row):
    """One person in one session; unique, so that a second tap finds the first."""

    __tablename__ = "bookings"
    __table_args__ = (
        UniqueConstraint("person_id", "session_id"),
        Index("ix_bookings_session_id_state", "session_id", "state"),
        Index(
            "ix_bookings_offered",
            "offer_until",
            sqlite_where=text("state = 'offered'"),
            postgresql_where=text("state = 'offered'"),
        ),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    session_id: Mapped[UUID] = mapped_column(ForeignKey("sessions.id"))
    state: Mapped[str] = mapped_column(String(20))
    arrival: Mapped[int]
    hopes: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    offer_until: Mapped[datetime | None]
    #: The colleague who asked for this place.
    invited_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime]
    #: When the present state began.
    since: Mapped[datetime]

    session: Mapped[SessionRow] = relationship(lazy="raise")
    person: Mapped[PersonRow] = relationship(lazy="raise", foreign_keys=person_id)
    invited_by: Mapped[PersonRow | None] = relationship(lazy="raise", foreign_keys=invited_by_id)


class SuggestionRow(Row):
    """One colleague passing a session on to another, once for each of the two."""

    __tablename__ = "suggestions"
    __table_args__ = (UniqueConstraint("session_id", "person_id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    session_id: Mapped[UUID] = mapped_column(ForeignKey("sessions.id"))
    #: Who is told.
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    suggested_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    suggested_at: Mapped[datetime]


class FeedbackRow(Row):
    """What somebody said after a session: how useful it was, or how they shared it in school."""

    __tablename__ = "feedback"
    __table_args__ = (UniqueConstraint("booking_id", "question"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    booking_id: Mapped[UUID] = mapped_column(ForeignKey("bookings.id"))
    #: The nudge rule that asked.
    question: Mapped[str] = mapped_column(String(40))
    #: 1 (not useful) to 4 (very useful); None for a question in words.
    rating: Mapped[int | None]
    #: Past the guard.
    words: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime]


class NextStepRow(Row):
    """One step agreed at a Tier 5 meeting."""

    __tablename__ = "next_steps"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    session_id: Mapped[UUID] = mapped_column(ForeignKey("sessions.id"), index=True)
    words: Mapped[str] = mapped_column(Text)
    written_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    written_at: Mapped[datetime]
    done_at: Mapped[datetime | None]


class TopicIdeaRow(Row):
    """A topic somebody would like a clinic on."""

    __tablename__ = "topic_ideas"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    #: In the person's words, past the guard.
    words: Mapped[str] = mapped_column(Text)
    #: The toolkit slug of the need it is about, if one was recognised.
    topic: Mapped[str | None] = mapped_column(String(40))
    proposed_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]

    person: Mapped[PersonRow] = relationship(lazy="raise")


class TopicSupportRow(Row):
    """Somebody else who would like the same topic."""

    __tablename__ = "topic_supports"
    idea_id: Mapped[UUID] = mapped_column(ForeignKey("topic_ideas.id"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), primary_key=True)
    supported_at: Mapped[datetime]


class ToolkitNoteRow(Row):
    """What one person has to do with one toolkit: opened lately, saved, found useful or not."""

    __tablename__ = "toolkit_notes"
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), primary_key=True, index=True)
    #: Only for the last few somebody opened; for themselves alone.
    used_at: Mapped[datetime | None]
    saved_at: Mapped[datetime | None]
    is_useful: Mapped[bool | None]


class AnnouncementRow(Row):
    """News that a lead sent to chosen people."""

    __tablename__ = "announcements"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    author_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    words: Mapped[str] = mapped_column(Text)
    #: Tiers, roles and school ids it was meant for, as chosen.
    meant_for: Mapped[dict[str, Any]]
    recipients: Mapped[int]
    sent_at: Mapped[datetime]


class CalendarEventRow(Row):
    """One event in one person's calendar, wanted or to be taken out."""

    __tablename__ = "calendar_events"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    booking_id: Mapped[UUID] = mapped_column(ForeignKey("bookings.id"), index=True)
    is_wanted: Mapped[bool] = mapped_column(default=True)
    #: Set before the first call, so that a call whose answer was lost is never forgotten.
    attempted_at: Mapped[datetime | None]
    graph_event_id: Mapped[str | None] = mapped_column(String(400))
    #: Graph's ``transactionId``, renewed once an event is out, since Graph never makes a second
    #: event for one transaction; the row's own id until then.
    transaction_id: Mapped[UUID | None]
    #: The fingerprint of the entry that Graph was last told.
    told: Mapped[str] = mapped_column(String(64), default="", server_default="")

    booking: Mapped[BookingRow] = relationship(lazy="raise")


class MeetingRow(Row):
    """The one Teams meeting of a session, in the calendar of a lead; its link is the session's."""

    __tablename__ = "meetings"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    session_id: Mapped[UUID] = mapped_column(ForeignKey("sessions.id"), unique=True)
    #: In whose calendar it is; None until it is asked for.
    organiser_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    is_wanted: Mapped[bool] = mapped_column(default=True)
    #: As in ``CalendarEventRow``.
    attempted_at: Mapped[datetime | None]
    graph_event_id: Mapped[str | None] = mapped_column(String(400))
    transaction_id: Mapped[UUID | None]
    told: Mapped[str] = mapped_column(String(64), default="")

    session: Mapped[SessionRow] = relationship(lazy="raise")
    organiser: Mapped[PersonRow | None] = relationship(lazy="raise")


class RequestRow(Row):
    """A request for 1:1 support or for a service, from its draft on, with the time of each step."""

    __tablename__ = "requests"
    __table_args__ = (Index("ix_requests_state", "state", "submitted_at"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    #: Given when it is sent.
    reference: Mapped[str | None] = mapped_column(String(20), unique=True)
    #: ``tier-6`` for 1:1 support, otherwise the service's key.
    service: Mapped[str] = mapped_column(String(60))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    state: Mapped[str] = mapped_column(String(30))
    #: Needs, strategies tried, times that suit: answers by question, past the guard.
    answers: Mapped[dict[str, Any]]
    #: The page that is being written.
    page: Mapped[int] = mapped_column(default=0, server_default="0")
    #: Rises with every change.
    revision: Mapped[int] = mapped_column(default=1, server_default="1")
    begun_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    acknowledged_at: Mapped[datetime | None]
    #: When times for a visit were first proposed.
    offered_at: Mapped[datetime | None]
    visit_arranged_at: Mapped[datetime | None]
    visited_at: Mapped[datetime | None]
    follow_up_wanted_at: Mapped[datetime | None]
    follow_up_arranged_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    #: When a question that nobody answered became a request.
    lapsed_at: Mapped[datetime | None]
    #: Where it goes on, once it was redirected or merged.
    continues_in_id: Mapped[UUID | None] = mapped_column(ForeignKey("requests.id"))
    #: What the asker said at the end.
    helped: Mapped[str] = mapped_column(String(20), default="", server_default="")

    person: Mapped[PersonRow] = relationship(lazy="raise", foreign_keys=person_id)
    owner: Mapped[PersonRow | None] = relationship(lazy="raise", foreign_keys=owner_id)
    continues_in: Mapped["RequestRow | None"] = relationship(
        lazy="raise", remote_side="RequestRow.id"
    )


class RequestEntryRow(Row):
    """Who did what with a request, or opened it; notes, reasons and answers among them."""

    __tablename__ = "request_entries"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    request_id: Mapped[UUID] = mapped_column(ForeignKey("requests.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    step: Mapped[str] = mapped_column(String(30))
    #: Past the guard.
    words: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime]

    person: Mapped[PersonRow] = relationship(lazy="raise")


class RequestVisitRow(Row):
    """One time of a visit or a follow-up: proposed, arranged, held, missed or dropped."""

    __tablename__ = "request_visits"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    request_id: Mapped[UUID] = mapped_column(ForeignKey("requests.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20))
    how: Mapped[str] = mapped_column(String(20))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    minutes: Mapped[int | None]
    online_url: Mapped[str] = mapped_column(String(1000), default="", server_default="")
    proposed_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))


class VisitEventRow(Row):
    """One event in the calendar of somebody who is part of a request's visit or call."""

    __tablename__ = "visit_events"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    #: The time it is about now: it goes along when that is moved.
    visit_id: Mapped[UUID] = mapped_column(ForeignKey("request_visits.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    #: Whether the Teams meeting that the others join is behind this one.
    holds_meeting: Mapped[bool] = mapped_column(default=False)
    is_wanted: Mapped[bool] = mapped_column(default=True)
    #: As in ``CalendarEventRow``.
    attempted_at: Mapped[datetime | None]
    graph_event_id: Mapped[str | None] = mapped_column(String(400))
    transaction_id: Mapped[UUID | None]
    told: Mapped[str] = mapped_column(String(64), default="")

    person: Mapped[PersonRow] = relationship(lazy="raise")


class RequestNumberRow(Row):
    """The next reference number; one row, held by whoever takes a number."""

    __tablename__ = "request_numbers"
    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    next: Mapped[int]


class QuickAnswerRow(Row):
    """A question and an answer worth keeping for the next person who asks."""

    __tablename__ = "quick_answers"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    #: The request it came out of; one quick answer for each.
    request_id: Mapped[UUID] = mapped_column(ForeignKey("requests.id"), unique=True)
    #: Both past the guard, and without who asked.
    question: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text)
    saved_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    saved_at: Mapped[datetime]


class NudgeRow(Row):
    """A nudge that was planned; its unique key is why nobody hears twice for one thing."""

    __tablename__ = "nudges"
    __table_args__ = (
        Index("ix_nudges_person_id_planned_at", "person_id", "planned_at"),
        Index(
            "ix_nudges_pending",
            "not_before",
            sqlite_where=text("state = 'pending'"),
            postgresql_where=text("state = 'pending'"),
        ),
    )
    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    rule: Mapped[str] = mapped_column(String(40))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    subject_id: Mapped[UUID]
    due_at: Mapped[datetime]
    planned_at: Mapped[datetime]
    #: What Teams calls its card in the person's chat, once sent.
    card_id: Mapped[str | None] = mapped_column(String(200))
    #: Pending until it goes into a message, or is let go.
    state: Mapped[str] = mapped_column(String(20), default="pending", server_default="composed")
    #: A pending one is not looked at before this; one that was let go was let go at this time.
    not_before: Mapped[datetime | None]
    #: Why it is held or was let go; words for the lead, no personal text.
    reason: Mapped[str] = mapped_column(String(400), default="", server_default="")


class NudgeChoicesRow(Row):
    """What one person asked of the bot's manners; no row is the usual manners."""

    __tablename__ = "nudge_choices"
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), primary_key=True)
    #: Families of rules that they stopped.
    stopped: Mapped[list[str]]
    snoozed_until: Mapped[datetime | None]
    #: Weekdays on which they do not work, Monday "0".
    days_off: Mapped[list[str]]


class NudgeRuleRow(Row):
    """What the leads have set for one rule; no row is the rule as it ships."""

    __tablename__ = "nudge_rules"
    rule: Mapped[str] = mapped_column(String(40), primary_key=True)
    is_on: Mapped[bool]
    days: Mapped[int]
    changed_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    changed_at: Mapped[datetime]


class OutboxRow(Row):
    """One thing owed to the world outside, written in the transaction that caused it."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "ix_outbox_due",
            "not_before",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
        Index(
            "ix_outbox_lane",
            "lane",
            "id",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
        Index(
            "ix_outbox_stuck",
            "person_id",
            sqlite_where=text("state = 'parked' OR barrier IS NOT NULL"),
            postgresql_where=text("state = 'parked' OR barrier IS NOT NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(BigNumber, primary_key=True)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    kind: Mapped[str] = mapped_column(String(30))
    payload: Mapped[dict[str, Any]]
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"), index=True)
    #: Whether it may share a call with others that say the same.
    is_shared: Mapped[bool] = mapped_column(default=False, server_default=false())
    #: Items of one lane go one after another, in the order they were written.
    lane: Mapped[str | None] = mapped_column(String(120))
    state: Mapped[str] = mapped_column(String(20), default="waiting")
    #: Why it waits, was dropped or parked; words for the lead, no personal text.
    reason: Mapped[str] = mapped_column(String(400), default="")
    #: What stands between the Hub and the person while it waits; None for any other waiting.
    barrier: Mapped[str | None] = mapped_column(String(30))
    attempts: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[datetime]
    lease: Mapped[str | None] = mapped_column(String(40))
    lease_until: Mapped[datetime | None]
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class PaceRow(Row):
    """What was lately sent under one of Microsoft's limits, by any replica."""

    __tablename__ = "paces"
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    #: Pairs of a moment in UTC and how many calls were made then.
    made: Mapped[list[Any]] = mapped_column(JSON)


class AnsweredActivityRow(Row):
    """An activity that was dealt with, and the answer it got: a retry changes nothing."""

    __tablename__ = "answered_activities"
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    status: Mapped[int]
    body: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    answered_at: Mapped[datetime] = mapped_column(index=True)


class DialogStateRow(Row):
    """A Bot Framework state document with its ETag."""

    __tablename__ = "dialog_state"
    key: Mapped[str] = mapped_column(String(700), primary_key=True)
    document: Mapped[dict[str, Any]]
    etag: Mapped[str] = mapped_column(String(40))
    updated_at: Mapped[datetime] = mapped_column(index=True)


class ErasedIdentityRow(Row):
    """Somebody who had everything erased: a digest, so that the staff group's reading leaves them be."""

    __tablename__ = "erased_identities"
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    erased_at: Mapped[datetime]


class MissedSearchRow(Row):
    """A word for which no toolkit was found, and how often in a month; never who looked for it."""

    __tablename__ = "missed_searches"
    #: The first day of the month.
    month: Mapped[date] = mapped_column(primary_key=True)
    word: Mapped[str] = mapped_column(String(40), primary_key=True)
    times: Mapped[int]


class YearlyCountRow(Row):
    """What is left of a school year whose rows have been kept long enough: numbers."""

    __tablename__ = "yearly_counts"
    school_year: Mapped[str] = mapped_column(String(20), primary_key=True)
    #: ``bookings``, ``feedback``, ``requests``, ``announcements``, ``topic ideas``, ``missed searches``.
    kind: Mapped[str] = mapped_column(String(30), primary_key=True)
    #: The tier, the service or the topic.
    about: Mapped[str] = mapped_column(String(60), primary_key=True)
    #: The school's id; empty where none is known.
    school: Mapped[str] = mapped_column(String(80), primary_key=True)
    #: The state at the end, or the rating.
    outcome: Mapped[str] = mapped_column(String(60), primary_key=True)
    total: Mapped[int]
