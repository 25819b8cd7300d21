"""Somebody at a screen: types, presses and reads in the real Agents Playground."""

from dataclasses import dataclass
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

    async def says(self, text: str) -> None:
        await self._compose.click()
        await self._compose.fill(text)
        await self.page.keyboard.press("Enter")

    async def sees(self, text: str) -> None:
        """The newest card comes to hold this text."""
        await expect(self._newest).to_contain_text(text, timeout=PATIENCE)

    async def presses(self, title: str, *, beside: str = "") -> None:
        holder = self._newest
        if beside:
            rows = holder.locator(".ac-container").filter(has_text=beside)
            holder = rows.filter(has=self.page.get_by_role("button", name=title)).last
        await holder.get_by_role("button", name=title, exact=True).first.click()

    async def fills(self, label: str, text: str) -> None:
        await self._newest.get_by_label(label).first.fill(text)

    async def photograph(self, path: Path) -> None:
        await self._newest.scroll_into_view_if_needed()
        await self.page.screenshot(path=path)

    @property
    def _compose(self) -> Locator:
        return self.page.locator("[role=textbox][contenteditable=true]")

    @property
    def _newest(self) -> Locator:
        return self.page.locator(".ac-adaptiveCard").last
