"""The sample corpus served on this machine, and the system's Chromium on it: quiet, and with no other host asked."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from tests.browser.kinds import addresses
from tests.browser.watching import Watched
from tests.lod.conftest import built
from tests.server.processes import served

__all__ = ["built"]

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
ROOT = Path(__file__).parents[2]
AXE = ROOT / "server" / "assets" / "node_modules" / "axe-core" / "axe.min.js"


def found_browser() -> str:
    """Return where the system's Chromium is; without one the tests are left out, but in CI they fail."""
    found = next((path for each in BROWSERS if (path := shutil.which(each))), None)
    if found is None:
        missing = f"no browser: none of {', '.join(BROWSERS)} is installed"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    return found


@pytest.fixture(scope="session")
def served_site(built: Path) -> Iterator[str]:
    """Yield the address of a service over a release of the sample corpus, without slash at its end."""
    with served(built) as (_, address):
        yield address.rstrip("/")


@pytest.fixture(scope="session")
def every_page(served_site: str) -> list[str]:
    """Return the path of one page of every kind."""
    return addresses(served_site)


@pytest.fixture(scope="session")
def axe() -> str:
    """Return the script that finds what keeps people from a page."""
    return AXE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def driver() -> Iterator[Playwright]:
    """Yield what drives browsers; while it is there an event loop runs, which other tests must not meet."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def browser(driver: Playwright) -> Iterator[Browser]:
    """Yield the browser, with a new profile."""
    launched = driver.chromium.launch(
        executable_path=found_browser(), args=list(ARGUMENTS), chromium_sandbox=False, headless=True
    )
    yield launched
    launched.close()


@pytest.fixture
def context_options() -> dict[str, Any]:
    """Return how the browser is set; a test may override it by a parameter of this name."""
    return {"locale": "zh-CN", "viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce"}


@pytest.fixture
def context(browser: Browser, context_options: dict[str, Any]) -> Iterator[BrowserContext]:
    """Yield a reader's browser, without cookies."""
    opened = browser.new_context(**context_options)
    opened.set_default_timeout(15_000)
    yield opened
    opened.close()


@pytest.fixture
def expected_console() -> list[str]:
    """Return what a test may put in that is expected in the console, each in one message: the browser's own notes."""
    return []


@pytest.fixture
def browser_page(watched: Watched, expected_console: list[str]) -> Iterator[Page]:
    """Yield an empty page; afterwards nothing may stand in its console, and no other host may have been asked."""
    yield watched.page
    said = list(watched.console)
    for each in expected_console:
        said.remove(next(one for one in said if each in one))
    assert said == []
    assert watched.strangers == []
    assert watched.seen, "the page has asked nothing of the site"


@pytest.fixture
def watched(context: BrowserContext, served_site: str) -> Watched:
    """Return the traffic of the page."""
    return Watched(context.new_page(), served_site)
