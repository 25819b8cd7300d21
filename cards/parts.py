"""What every card is made of: headings, facts, buttons, and the verbs they carry."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from microsoft_teams.cards import (
    ActionSet,
    AdaptiveCard,
    CardElement,
    Container,
    ExecuteAction,
    OpenUrlAction,
    RefreshDefinition,
    TextBlock,
)

from hub.nudges import Rule
from hub.spoken import cut_short

#: The newest version that desktop, web, iOS and Android all render.
CARD_VERSION = "1.5"
#: Teams cuts the title of a longer button on a phone.
LONGEST_BUTTON = 24


class Verb(StrEnum):
    """What a button asks for. Old cards live on in chats, so a verb is never renamed."""

    HELP = "help"
    SAY_WITHOUT = "say-without"
    # One of several things that a message may have asked for.
    MEANT = "meant"
    WHATS_ON = "whats-on"
    SHOW_SESSION = "show-session"
    BOOK = "book"
    SET_HOPES = "set-hopes"
    MY_BOOKINGS = "my-bookings"
    SHOW_BOOKING = "show-booking"
    ASK_GIVE_UP = "ask-give-up"
    GIVE_UP = "give-up"
    TAKE_OFFER = "take-offer"
    REMINDERS = "reminders"
    STOP_REMINDERS = "stop-reminders"
    START_REMINDERS = "start-reminders"
    SAVE_NUDGE_SETTINGS = "save-nudge-settings"
    STOP_FAMILY = "stop-this-kind"
    SET_QUIET = "set-quiet"
    # What the Hub offers, tier by tier.
    OFFER = "offer"
    # Who somebody is.
    WHO_AM_I = "who-am-i"
    SAVE_WHO_I_AM = "save-who-i-am"
    # A year of sessions, and places that belong together.
    MY_YEAR = "my-year"
    BOOK_ALL = "book-all"
    INSET_DAY = "inset-day"
    PICK_STRANDS = "pick-strands"
    BOOK_ANYWAY = "book-anyway"
    ASK_SWAP = "ask-swap"
    SWAP = "swap"
    # Colleagues.
    ASK_COLLEAGUE = "ask-colleague"
    INVITE_COLLEAGUE = "invite-colleague"
    SUGGEST = "suggest-session"
    SHARE = "share-session"
    # Topics for clinics to come.
    TOPICS = "topics"
    PROPOSE_TOPIC = "propose-topic"
    SUPPORT_TOPIC = "support-topic"
    WITHDRAW_TOPIC = "withdraw-topic"
    # Toolkits and templates.
    TOOLKIT = "toolkit"
    TOOLKIT_SECTION = "toolkit-section"
    TOOLKIT_MORE = "toolkit-more"
    TOOLKIT_TRAINING = "toolkit-training"
    SAVE_TOOLKIT = "save-toolkit"
    TAKE_OUT_TOOLKIT = "take-out-toolkit"
    SHARE_TOOLKIT = "share-toolkit"
    RATE_TOOLKIT = "rate-toolkit"
    ASK_ABOUT_TOOLKIT = "ask-about-toolkit"
    BROWSE_TOOLKITS = "browse-toolkits"
    MY_TOOLKITS = "my-toolkits"
    RECENT_TOOLKITS = "recent-toolkits"
    TEMPLATES = "templates"
    TEMPLATE = "template"
    TOOLKIT_RATINGS = "toolkit-ratings"
    MISSED_SEARCHES = "missed-searches"
    # The school meeting of tier 5.
    SCHOOL_MEETING = "school-meeting"
    HOLD_SCHOOL_MEETING = "hold-school-meeting"
    ASK_MOVE_SCHOOL_MEETING = "ask-move-school-meeting"
    MOVE_SCHOOL_MEETING = "move-school-meeting"
    ASK_CANCEL_SCHOOL_MEETING = "ask-cancel-school-meeting"
    CANCEL_SCHOOL_MEETING = "cancel-school-meeting"
    NEXT_STEPS = "next-steps"
    SAVE_NEXT_STEPS = "save-next-steps"
    STEP_DONE = "step-done"
    # Asking the Hub for something, and how it stands.
    SERVICES = "services"
    START_REQUEST = "start-request"
    CARRY_ON = "carry-on-request"
    SAVE_ANSWERS = "save-answers"
    SEND_REQUEST = "send-request"
    DISCARD_DRAFT = "discard-draft"
    MY_REQUESTS = "my-requests"
    SHOW_REQUEST = "show-request"
    PICK_TIME = "pick-time"
    CHOOSE_CALL = "choose-call"
    ASK_ABOUT_REQUEST = "ask-about-request"
    SAY_ABOUT_REQUEST = "say-about-request"
    SAY_HELPED = "say-helped"
    # Dealing with requests.
    LEAD_QUEUE = "lead-queue"
    SEARCH_REQUESTS = "search-requests"
    LEAD_REQUEST = "lead-request"
    LEAD_REQUEST_MORE = "lead-request-more"
    REQUEST_HISTORY = "request-history"
    ASK_STEP = "ask-request-step"
    TAKE_STEP = "take-request-step"
    KEEP_ANSWER = "keep-answer"
    QUICK_ANSWERS = "quick-answers"
    QUICK_ANSWER = "quick-answer"
    EDIT_QUICK_ANSWER = "edit-quick-answer"
    SAVE_QUICK_ANSWER = "save-quick-answer"
    ASK_REMOVE_QUICK_ANSWER = "ask-remove-quick-answer"
    REMOVE_QUICK_ANSWER = "remove-quick-answer"
    # After a session.
    RATE = "rate-session"
    SAY_SHARED = "say-shared"
    # For leads.
    LEAD_PROGRAMME = "lead-programme"
    LEAD_SESSION = "lead-session"
    NEW_SESSION = "new-session"
    EDIT_SESSION = "edit-session"
    SAVE_SESSION = "save-session"
    ASK_CANCEL_SESSION = "ask-cancel-session"
    CANCEL_SESSION = "cancel-session"
    REINSTATE_SESSION = "reinstate-session"
    REGISTER = "register"
    SAVE_REGISTER = "save-register"
    ASK_WALK_IN = "ask-walk-in"
    ADD_WALK_IN = "add-walk-in"
    ANNOUNCE = "announce"
    PREVIEW_ANNOUNCEMENT = "preview-announcement"
    SEND_ANNOUNCEMENT = "send-announcement"
    DEMAND = "topic-demand"
    ANNOUNCED = "announced"
    UNREACHED = "unreached"
    TRY_AGAIN = "try-again"
    WENT_OUT = "what-went-out"
    WENT_OUT_TO = "whom-it-went-to"
    STAFF = "lead-staff"
    LEAD_RULES = "lead-rules"
    LEAD_RULE = "lead-rule"
    SAVE_RULE = "save-rule"
    EDIT_PERSON = "edit-person"
    SAVE_PERSON = "save-person"
    # What is held about somebody.
    PRIVACY = "privacy"
    MY_COPY = "my-copy"
    ASK_ERASE = "ask-erase-me"
    ERASE_ME = "erase-me"


def card(
    fallback: str,
    body: list[CardElement],
    actions: Sequence[ExecuteAction | OpenUrlAction] | None = None,
    refresh: ExecuteAction | None = None,
) -> AdaptiveCard:
    """One card; ``fallback`` is what a screen reader or an old client gets instead."""
    return AdaptiveCard(
        version=CARD_VERSION,
        lang="en-GB",
        fallback_text=fallback,
        speak=fallback,
        body=body,
        actions=list(actions) if actions else None,
        refresh=RefreshDefinition(action=refresh) if refresh else None,
    )


def heading(text: str) -> TextBlock:
    """The first line of a card."""
    return TextBlock(text=text, size="Medium", weight="Bolder", wrap=True, style="heading")


def line(text: str) -> TextBlock:
    """One paragraph."""
    return TextBlock(text=text, wrap=True)


def near(text: str, *, subtle: bool = False) -> TextBlock:
    """A line that belongs to the one above it, in a list."""
    return TextBlock(
        text=text, wrap=True, spacing="Small", is_subtle=subtle, size="Small" if subtle else None
    )


def quiet(text: str) -> TextBlock:
    """A paragraph that helps but may be passed over."""
    return TextBlock(text=text, wrap=True, is_subtle=True, size="Small")


def button(title: str, verb: Verb, *, style: Any = None, **data: str) -> ExecuteAction:
    """A button that acts on today's truth; ``data`` holds ids only."""
    return ExecuteAction(
        title=title, verb=verb, data=dict(data), style=style, associated_inputs="none"
    )


def form_button(title: str, verb: Verb, *, style: Any = None, **data: str) -> ExecuteAction:
    """A button that also sends what was typed into the card's inputs."""
    return ExecuteAction(
        title=title, verb=verb, data=dict(data), style=style, associated_inputs="auto"
    )


def row(
    title: str, words: str, standing: str, action: ExecuteAction | None, *more: OpenUrlAction
) -> Container:
    """One thing in a list, apart from the one above it."""
    return Container(
        separator=True,
        items=[
            TextBlock(text=plain(title), weight="Bolder", wrap=True),
            near(words),
            *([near(standing, subtle=True)] if standing else []),
            *([ActionSet(actions=[action, *more])] if action else []),
        ],
    )


def plain(text: str) -> str:
    """Words of people shown as they are: the card's Markdown must not act on them."""
    return "".join(f"\\{letter}" if letter in "\\`*_[]#<>" else letter for letter in text)


def whats_on_button(title: str = "What's on", **sought: str) -> ExecuteAction:
    """The way to the programme, or to the part of it that is sought."""
    return button(title, Verb.WHATS_ON, **sought)


def my_bookings_button() -> ExecuteAction:
    """The way to one's own bookings."""
    return button("My bookings", Verb.MY_BOOKINGS)


def reminders_button(rule: Rule) -> ExecuteAction:
    """The way to fewer messages, from one that came by this rule."""
    return button("Reminders", Verb.REMINDERS, rule=rule)


def suggest_topic_button() -> ExecuteAction:
    """The way to what the next clinics could be about."""
    return button("Suggest a topic", Verb.TOPICS)


def ask_button() -> ExecuteAction:
    """The way to everything that can be asked for."""
    return button("Ask the Hub", Verb.SERVICES)


def toolkits_button(title: str = "Toolkits") -> ExecuteAction:
    """The way to the quick references."""
    return button(title, Verb.BROWSE_TOOLKITS)


def toolkit_button(title: str, slug: str) -> ExecuteAction:
    """The way to one quick reference, called by as much of its title as fits."""
    return button(cut_short(title, LONGEST_BUTTON), Verb.TOOLKIT, toolkit=slug)


def help_button() -> ExecuteAction:
    """The way to everything else."""
    return button("What can you do?", Verb.HELP)
