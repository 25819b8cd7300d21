"""The way of one HTTP request: who is it, what is it, was it here before, the turn, the answer.

The SDK's ``CloudAdapterBase`` runs the turn itself; everything around it that the SDK does
slowly, blockingly or with a 500 is done by the rooms next door.
"""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus

import structlog
from aiohttp import web
from botbuilder.core import CloudAdapterBase, TurnContext
from botbuilder.core.invoke_response import InvokeResponse
from botbuilder.schema import Activity, ActivityTypes, DeliveryModes
from botframework.connector.auth import AuthenticateRequestResult, ClaimsIdentity
from prometheus_client import Counter

from bot.teams.authentication import Caller, Door
from bot.teams.connector import Connector
from bot.teams.conversations import TeamsConnectorFactory
from bot.teams.framework import FrameworkSide
from bot.teams.inbound import KNOWN_TYPES, Fields, activity_from, read_fields
from bot.teams.invoke_answers import answer_of, words_for
from bot.teams.outgoing import plain
from bot.teams.refused import RequestRefused
from bot.teams.turn_ledger import SavedAnswer, TurnLedger, activity_key
from hub.errors import DeliveryFailed

_log = structlog.get_logger(__name__)

TURN_FAILURES = Counter("sendhub_turn_failures_total", "Turns ended by an exception", ["type"])

#: What a person did on purpose, and so deserves to hear about when it fails.
_ANSWERED_WHEN_FAILING = frozenset({"message", "invoke", "installationUpdate"})
#: Set in a turn's state when it failed and the person could not be told.
_UNTOLD = "sendhub.untold"

Bot = Callable[[TurnContext], Awaitable[None]]


@dataclass(frozen=True)
class _Outcome:
    answer: SavedAnswer
    #: Whether a repetition should get the same answer; not when nobody heard of the failure.
    is_settled: bool


class TeamsAdapter(CloudAdapterBase):
    """Takes Bot Framework requests and gives the bot one turn at a time.

    ``apology`` makes the message for a turn that failed, given the reference that is in the log.
    """

    def __init__(
        self,
        door: Door,
        connector: Connector,
        ledger: TurnLedger,
        apology: Callable[[str], Activity],
    ) -> None:
        self._factory = TeamsConnectorFactory(connector)
        super().__init__(FrameworkSide(self._factory))
        self.on_turn_error = self._apologise
        self._door = door
        self._ledger = ledger
        self._apology = apology
        self._turns: set[asyncio.Task[SavedAnswer]] = set()

    async def process(self, request: web.Request, bot: Bot) -> web.Response:
        """Answer one request: 2xx or 4xx.

        A turn once begun finishes, even when the caller goes away.
        """
        try:
            caller, fields = await self._admit(request)
        except RequestRefused as refused:
            return refused.answer()
        if fields["type"] not in KNOWN_TYPES:
            return web.Response()
        turn = asyncio.create_task(self._answer(caller, fields, bot))
        self._turns.add(turn)
        turn.add_done_callback(self._turns.discard)
        answer = await asyncio.shield(turn)
        if answer.body is None:
            return web.Response(status=answer.status)
        return web.json_response(answer.body, status=answer.status)

    async def _admit(self, request: web.Request) -> tuple[Caller, Fields]:
        """Who calls, and with what activity: the body is read only for a proven caller."""
        if request.method != "POST":
            raise RequestRefused(HTTPStatus.METHOD_NOT_ALLOWED, "method", "Use POST.")
        caller = await self._door.check_header(request.headers.getall("Authorization", []))
        fields = await read_fields(request)
        self._door.check_activity(caller, fields)
        return caller, fields

    async def finish(self) -> None:
        """Wait for the turns under way: called once no new requests come in."""
        await asyncio.gather(*self._turns, return_exceptions=True)

    async def _answer(self, caller: Caller, fields: Fields, bot: Bot) -> SavedAnswer:
        """The answer to one activity, given once; the edge that no exception passes."""
        key = activity_key(fields)
        outcome: _Outcome | None = None
        try:
            async with self._ledger.turn(fields["conversation"]["id"]):
                if key and (saved := await self._ledger.answered(key)):
                    return saved
                outcome = await self._take_turn(caller, fields, bot)
                # A turn that failed and said so is settled: a repetition would only apologise
                # again. One that failed in silence must get another chance.
                if key and outcome.is_settled:
                    await self._ledger.remember(key, outcome.answer)
        except Exception as error:  # noqa: BLE001 - the edge of the turn
            if outcome is None:
                outcome = await self._take_turn(caller, fields, _raising(error))
            else:
                _log.exception("answer not remembered", type=fields["type"])
        return outcome.answer

    async def _take_turn(self, caller: Caller, fields: Fields, bot: Bot) -> _Outcome:
        admitted = AuthenticateRequestResult()
        admitted.claims_identity = ClaimsIdentity(dict(caller.claims), True)
        admitted.connector_factory = self._factory
        admitted.audience = self.bot_framework_authentication.get_originating_audience()
        outcome: _Outcome = await self.process_activity(admitted, activity_from(fields), bot)
        return outcome

    def _process_turn_results(self, context: TurnContext) -> _Outcome:
        """What the SDK asks for at the end of a turn; its own version serialises twice."""
        return _Outcome(self._result(context), not context.turn_state.get(_UNTOLD))

    def _result(self, context: TurnContext) -> SavedAnswer:
        activity = context.activity
        try:
            if activity.delivery_mode == DeliveryModes.expect_replies:
                replies = [plain(reply) for reply in context.buffered_reply_activities]
                return SavedAnswer(HTTPStatus.OK, {"activities": replies})
            if activity.type != ActivityTypes.invoke:
                return SavedAnswer(HTTPStatus.OK)
            response = context.turn_state.get(self._INVOKE_RESPONSE_KEY)
            return answer_of(response.value if response else None, activity.name)
        except (TypeError, ValueError) as error:
            return words_for(activity.name, self._words(self._report(activity, error)))

    async def _apologise(self, context: TurnContext, error: Exception) -> None:
        """Log what went wrong under a reference, and give the person that reference."""
        activity = context.activity
        reference = self._report(activity, error)
        if activity.type == ActivityTypes.invoke:
            answer = words_for(activity.name, self._words(reference))
            context.turn_state[self._INVOKE_RESPONSE_KEY] = Activity(
                type=ActivityTypes.invoke_response,
                value=InvokeResponse(answer.status, answer.body),
            )
        elif activity.type in _ANSWERED_WHEN_FAILING and not _is_unreachable(error):
            try:
                await context.send_activity(self._apology(reference))
            except Exception:  # noqa: BLE001 - the last resort must not fail
                _log.exception("apology not sent", reference=reference)
                context.turn_state[_UNTOLD] = True

    def _report(self, activity: Activity, error: Exception) -> str:
        """Log and count a failure; its reference, 8 characters."""
        reference = secrets.token_hex(4)
        TURN_FAILURES.labels(activity.type).inc()
        _log.error(
            "turn failed",
            reference=reference,
            type=activity.type,
            name=activity.name,
            exc_info=error,
        )
        return reference

    def _words(self, reference: str) -> str:
        return self._apology(reference).text or f"Something went wrong ({reference})."

    async def process_proactive(
        self,
        claims_identity: ClaimsIdentity,
        continuation_activity: Activity,
        audience: str | None,
        logic: Bot,
    ) -> None:
        """A turn that nobody's activity began. A failure in it is logged, not raised.

        The SDK gives it a made-up id, which every message would then reply to, and no channel
        data, which ``TeamsInfo`` needs.
        """
        continuation_activity.id = None
        continuation_activity.channel_data = continuation_activity.channel_data or {}
        await super().process_proactive(claims_identity, continuation_activity, audience, logic)


def _raising(error: Exception) -> Bot:
    """A bot that fails with ``error``: the way to an apology when the turn could not begin."""

    async def fail(_context: TurnContext) -> None:
        raise error

    return fail


def _is_unreachable(error: Exception) -> bool:
    """Whether the failure is that nothing can be sent to this person."""
    return isinstance(error, DeliveryFailed) and error.retry_after is None
