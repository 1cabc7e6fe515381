"""Make the README's screenshots: `python docs/screenshots.py`. Needs the extras `preview` and `test`, and Chromium.

The preview runs over the sample articles, in a browser of 400 and of 1,000 pixels' width, and real questions are typed there.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bot.preview import staged
from bot.settings import Settings

HERE = Path(__file__).parent
SHOTS = {
    "answer": "How many troops went to Tijuana?",
    "differ": "How many visitors came to the lantern festival in Osterfen?",
    "none": "Who won the chess tournament in Velmora?",
}
WIDTHS = {400: 960, 1000: 900}
"""Width and height of the window in pixels."""
HOW_TO_INSTALL = "no Chromium found: install it, for example with `apt-get install chromium` or `brew install chromium`"


def chromium() -> str | None:
    """The path of a Chromium or one of its relatives."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
    return next(filter(None, map(shutil.which, names)), None)


@asynccontextmanager
async def browser(path: str) -> AsyncIterator[Any]:
    """A headless browser; without its sandbox where we are root, which Chromium refuses otherwise."""
    from playwright.async_api import async_playwright

    root = hasattr(os, "geteuid") and os.geteuid() == 0
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=path, args=["--no-sandbox"] if root else [])
        try:
            yield opened
        finally:
            await opened.close()


async def ask(page: Any, question: str) -> Any:
    """Type `/ask` and the question into the page; the answer's article element."""
    before = await page.locator("#channel-message-list article").count()
    composer = page.get_by_placeholder("Message #newsroom")
    await composer.click()
    await composer.type("/ask")
    await page.get_by_text("Ask the articles").wait_for()
    await page.keyboard.press("Enter")
    await page.get_by_text("What you want to know").first.wait_for()
    await page.keyboard.type(question)
    await page.keyboard.press("Escape")
    await page.keyboard.press("Enter")
    answer = page.locator("#channel-message-list article").nth(before)
    await answer.get_by_text("Receipt").wait_for(timeout=120_000)
    return answer


async def main() -> int:
    path = chromium()
    if path is None:
        print(HOW_TO_INSTALL, file=sys.stderr)
        return 1
    settings = Settings(archive=HERE / "nothing here")
    async with staged(settings, given=False) as stage, browser(path) as opened:
        for width, height in WIDTHS.items():
            page = await opened.new_page(viewport={"width": width, "height": height})
            await page.goto(stage.url)
            await page.locator("#channel-message-list article").first.wait_for()
            for name, question in SHOTS.items():
                answer = await ask(page, question)
                await answer.evaluate("element => element.scrollIntoView({block: 'end'})")
                await page.wait_for_timeout(500)
                await page.screenshot(path=HERE / f"{name}-{width}.png")
                print(f"{name}-{width}.png")
            await page.close()
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
