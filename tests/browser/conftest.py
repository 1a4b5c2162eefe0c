"""The system's own Chromium, started once, and a watch on all that a page does in it.

The browser lives as long as the tests of this directory and no longer: its driver keeps an event loop running, in
which the tests of the wizard could not start one of their own.
"""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Dialog, Page, Route, sync_playwright

_PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
_VIOLATIONS = (
    "window.violations = []; document.addEventListener('securitypolicyviolation',"
    " found => window.violations.push(found.violatedDirective));"
)


def needed(*programs: str) -> str:
    """The first of these programs that is installed; without any the test is skipped, and fails in CI."""
    found = next((path for name in programs if (path := shutil.which(name))), None)
    if found is None:
        message = f"{programs[0]} is not installed: .ci/run says what these tests need"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    return found


@dataclass
class Watch:
    """What pages did beside being shown: said or popped up, asked for, tried against their policy."""

    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    tried: list[str] = field(default_factory=list)


class Screen:
    """One window, in which documents are opened as files, one after the other."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        context = browser.new_context()
        context.add_init_script(_VIOLATIONS)
        context.route("**/*", self._pass)
        self.browser = browser
        self.watch = Watch()
        self.folder = folder
        self.address = ""
        self.page = context.new_page()
        self.page.on("console", lambda message: self.watch.said.append(message.text))
        self.page.on("pageerror", lambda error: self.watch.said.append(str(error)))
        self.page.on("dialog", self._dismiss)

    def show(self, html: str | Path, width: int = 1280, **seen: Any) -> Page:
        """Open a document in place of the last one; `seen` as for `emulate_media`, such as `color_scheme`."""
        self._collect()
        path = html if isinstance(html, Path) else self.folder / "page.html"
        if isinstance(html, str):
            path.write_text(html, encoding="utf-8")
        self.address = path.resolve().as_uri()
        self.page.set_viewport_size({"width": width, "height": 900})
        usual = {"color_scheme": "light", "reduced_motion": "no-preference", "forced_colors": "none"}
        self.page.emulate_media(**(usual | seen))
        self.page.goto(self.address, wait_until="load")
        return self.page

    def seen(self) -> Watch:
        """Leave the document, and return what it and those before it did."""
        self._collect()
        self.address = "about:blank"
        self.page.goto(self.address)
        watch, self.watch = self.watch, Watch()
        return watch

    def _collect(self) -> None:
        self.watch.tried += self.page.evaluate("window.violations || []")

    def _pass(self, route: Route) -> None:
        if route.request.url == self.address:
            route.continue_()
        else:
            self.watch.asked.append(route.request.url)
            route.abort()

    def _dismiss(self, dialog: Dialog) -> None:
        self.watch.said.append(dialog.message)
        dialog.dismiss()


@pytest.fixture(scope="package")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Screen]:
    program = needed(*_PROGRAMS)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=list(_FLAGS))
        yield Screen(browser, tmp_path_factory.mktemp("pages"))
        browser.close()


@pytest.fixture
def unwatched(window: Screen) -> Iterator[Screen]:
    """A screen for documents that are expected to misbehave."""
    yield window
    window.seen()


@pytest.fixture
def screen(window: Screen) -> Iterator[Screen]:
    """A screen on which no page may do anything but be shown."""
    yield window
    assert window.seen() == Watch()
