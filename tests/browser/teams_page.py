"""Somebody at a screen: types, presses and reads in the real Agents Playground."""

from dataclasses import dataclass
from datetime import date, time
from pathlib import Path

from playwright.async_api import Locator, Page, expect

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 860}
#: The product promises an answer within 2 s; a busy test machine gets more.
PATIENCE = 15_000


@dataclass
class TeamsPage:
    page: Page

    async def opens(self, address: str) -> None:
        await self.page.goto(address)
        await self._compose.wait_for(timeout=2 * PATIENCE)
        # The log hides the chat on a phone, and stands beside it on a desktop.
        await self.page.get_by_role("button").last.click()

    async def enters(self, chat: str) -> None:
        """Go to another chat in the list: "Personal Chat", "Staffroom", "News"."""
        await self.page.get_by_text(chat, exact=True).first.click()

    async def says(self, text: str) -> None:
        await self._compose.click()
        await self._compose.fill(text)
        await self.page.keyboard.press("Enter")

    async def asks_the_bot(self, text: str) -> None:
        """Mention the bot, without which it hears nothing in a group or a channel."""
        await self._compose.click()
        await self._compose.press_sequentially("@")
        await self.page.get_by_role("menuitem", name="SEND Hub").click()
        await self._compose.press_sequentially(f" {text}")
        await self.page.keyboard.press("Enter")

    async def sees(self, text: str) -> None:
        """The newest card comes to hold this text."""
        await expect(self._newest).to_contain_text(text, timeout=PATIENCE)

    async def is_told(self, text: str) -> None:
        """Words answer a press, below a card that stays as it was."""
        await expect(self.page.locator("body")).to_contain_text(text, timeout=PATIENCE)

    async def sees_nowhere(self, text: str) -> None:
        """Nothing in this chat holds the text."""
        await expect(self.page.locator("body")).not_to_contain_text(text, timeout=PATIENCE)

    async def presses(self, title: str, *, beside: str = "", on: str = "") -> None:
        """Press a button of the newest card; ``on`` picks the newest that holds those words.

        ``beside`` picks a row of a list by its words.
        """
        holder = self._card(on)
        if beside:
            rows = holder.locator(".ac-container").filter(has_text=beside)
            holder = rows.filter(has=self.page.get_by_role("button", name=title)).last
        await holder.get_by_role("button", name=title, exact=True).first.click()

    async def fills(self, label: str, text: str) -> None:
        """Type into a text or number input."""
        await self._newest.get_by_label(label).first.fill(text)

    async def chooses(self, label: str, *options: str) -> None:
        """Pick from a list that opens: one option of it, or several where it takes several."""
        field = self._field(label).get_by_role("combobox")
        await field.click()
        for option in options:
            await self._offered(option).click()
        if len(options) > 1:
            await self.page.keyboard.press("Escape")

    async def finds(self, label: str, typed: str, option: str) -> None:
        """Narrow a long list down by typing, and pick from what is left."""
        field = self._field(label).get_by_role("combobox")
        await field.click()
        await field.press_sequentially(typed)
        await self._offered(option).click()

    async def ticks(self, label: str, *options: str) -> None:
        """Tick, or untick, boxes or a round button that stand open under their label."""
        for option in options:
            await self._field(label).get_by_text(option, exact=True).click()

    async def picks_day(self, label: str, day: date) -> None:
        field = self._field(label).get_by_role("combobox")
        await field.fill(day.isoformat())
        await self.page.keyboard.press("Enter")
        await self.page.keyboard.press("Escape")

    async def picks_time(self, label: str, at: time) -> None:
        await self._field(label).get_by_role("combobox").fill(f"{at:%H:%M}")
        await self.page.keyboard.press("Enter")

    async def photograph(self, path: Path) -> None:
        await self._newest.scroll_into_view_if_needed()
        await self.page.screenshot(path=path)

    @property
    def _compose(self) -> Locator:
        return self.page.locator("[role=textbox][contenteditable=true]")

    @property
    def _newest(self) -> Locator:
        return self._card("")

    def _card(self, words: str) -> Locator:
        cards = self.page.locator(".ac-adaptiveCard")
        return (cards.filter(has_text=words) if words else cards).last

    def _field(self, label: str) -> Locator:
        """An input of the newest card together with its label."""
        labelled = self._newest.locator("div:has(> label)")
        return labelled.filter(has=self.page.get_by_text(label, exact=True)).last

    def _offered(self, option: str) -> Locator:
        """An option of the list that is open; lists that take several call theirs menu items."""
        one = self.page.get_by_role("option", name=option, exact=True)
        return one.or_(self.page.get_by_role("menuitemcheckbox", name=option, exact=True))
