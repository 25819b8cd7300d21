"""Turns: one at a time per conversation, and each activity answered once."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete

from store.database import Database, insert_once
from store.tables import AnsweredActivityRow

#: Teams repeats a call within minutes; a day is ample.
ANSWERS_KEPT = timedelta(days=1)


@dataclass(frozen=True)
class SavedAnswer:
    """The HTTP answer an activity got: a status, and a JSON body for invokes."""

    status: int
    body: Any | None = None


class Turns:
    """The ledger of turns, kept in the database so that every replica sees it."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    def turn(self, conversation_id: str) -> AbstractAsyncContextManager[None]:
        """Hold the conversation for one turn; others wait their turn."""
        return self._database.turn(conversation_id)

    async def answered(self, activity_key: str) -> SavedAnswer | None:
        """The answer an activity got before; None for one not yet dealt with."""
        async with self._database.read() as db:
            row = await db.get(AnsweredActivityRow, activity_key)
        return SavedAnswer(row.status, row.body and row.body["body"]) if row else None

    async def remember(self, activity_key: str, answer: SavedAnswer) -> None:
        """Keep an answer, so that the same activity delivered again changes nothing."""
        async with self._database.begin() as db:
            await insert_once(
                db,
                AnsweredActivityRow,
                key=activity_key,
                status=answer.status,
                body=None if answer.body is None else {"body": answer.body},
                answered_at=self._now(),
            )

    async def forget_old(self) -> None:
        """Drop answers that no retry will ask for any more."""
        async with self._database.begin() as db:
            await db.execute(
                delete(AnsweredActivityRow).where(
                    AnsweredActivityRow.answered_at < self._now() - ANSWERS_KEPT
                )
            )
