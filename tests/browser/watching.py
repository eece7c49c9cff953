"""What a page does that people do not see: messages to the console, faults, requests and how much they bring."""

from __future__ import annotations

import contextlib
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request, Response
from playwright.sync_api import Error as BrowserError

_LOCAL_SCHEMES = ("data", "blob", "about")


class Watched:
    """The traffic of one page since it was opened."""

    def __init__(self, page: Page, site: str) -> None:
        """Listen to a page; all that it asks should be of the site."""
        self.page = page
        self._host = urlsplit(site).netloc
        self.console: list[str] = []
        self.strangers: list[str] = []
        self.seen: list[str] = []
        self._scripts: list[Response] = []
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.console.append(str(error)))
        page.on("request", self._ask)
        page.on("response", self._answer)

    def script_bytes(self) -> int:
        """Return how many bytes of script have come over the wire, compressed as they were."""
        return sum(each.request.sizes()["responseBodySize"] for each in self._scripts)

    def _note(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.console.append(f"{message.type}: {message.text} ({message.location.get('url', '')})")

    def _ask(self, request: Request) -> None:
        split = urlsplit(request.url)
        if split.netloc == self._host:
            self.seen.append(request.url)
        elif split.scheme not in _LOCAL_SCHEMES:
            self.strangers.append(request.url)

    def _answer(self, response: Response) -> None:
        with contextlib.suppress(BrowserError):
            if response.request.resource_type == "script":
                self._scripts.append(response)
