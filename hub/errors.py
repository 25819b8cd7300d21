"""*Cannot*, with words: what goes wrong for reasons outside a person's choice.

A *no* that follows from a rule is a ``Refusal`` (hub/refusals.py), never an exception.
"""

from datetime import timedelta


class HubError(Exception):
    """Something could not be done. ``say`` is for the person; the arguments are for the log."""

    say = "Something went wrong at my end, and nothing was lost. Please try again in a minute."


class SettingsWrong(HubError):
    """The settings do not fit together; the message names each one at fault."""


class CannotPlan(HubError):
    """A year cannot be planned from what is known; the words say what to load or to put right."""


class CannotSimulate(HubError):
    """A year cannot be simulated as asked; the words say what to put right."""


class NobodyFound(HubError):
    """Nobody is known by what was given."""


class NotConfirmed(HubError):
    """Something that can't be undone was asked for without saying so."""


class LoadingFailed(HubError):
    """A file to be loaded has mistakes; nothing of it was taken."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        #: One line a mistake, each naming file, row and column.
        self.problems = problems


class DeliveryFailed(HubError):
    """A call to Teams or Graph did not go through.

    ``retry_after`` says how long the service asks us to wait; None means that waiting will not
    help. ``reason`` is in words, for the lead, and holds no personal detail.
    """

    def __init__(self, reason: str, retry_after: timedelta | None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry_after = retry_after


class Throttled(DeliveryFailed):
    """A service takes no more from us for a while (429)."""


class PermissionMissing(DeliveryFailed):
    """A call was refused because the organisation has not granted a permission, or not yet.

    What is owed is not at fault and waits, uncounted, until somebody grants it.
    """

    #: Somebody has to act, and a new consent takes minutes to be seen anyway.
    ASK_AGAIN = timedelta(hours=1)

    def __init__(self, subject: str, permission: str) -> None:
        super().__init__(
            f"{subject}: the permission {permission} is missing; whoever looks after "
            "Microsoft 365 can grant it",
            self.ASK_AGAIN,
        )


class ChatClosed(DeliveryFailed):
    """Teams takes nothing for this chat: the bot is blocked or taken off, or the chat is gone."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason, None)
