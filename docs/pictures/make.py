"""The README's pictures, taken of what `make demo` wrote: python -m docs.pictures.make [FOLDER OF THE DEMO].

Reports are opened in the system's Chromium; the terminal is a page that holds what the program writes to it.
"""

import html
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from playwright.sync_api import Browser, FloatRect, sync_playwright

from docs.pictures.palette import smaller

HERE = Path(__file__).parent
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
WIDTH = 900
LARGEST = 200_000
CHECK = (
    "check", "--no-input", "--answers", "examples/company.yaml", "--as-of", "2021-03-01",
    "--programme", "de.digital-jetzt", "--programme", "de.by.digitalbonus",
)  # fmt: skip
TERMINAL = """<!doctype html><meta charset="utf-8"><style>
body { margin: 0; padding: 20px 24px; background: #16191d; color: #dfe3e8; width: max-content; }
pre { margin: 0; font: 15px/1.4 "DejaVu Sans Mono", monospace; } .typed { color: #7cc0e6; }
</style><pre><span class="typed">$ %s</span>\n\n%s</pre>"""


@dataclass(frozen=True)
class Picture:
    """A picture of a document: `height` dots from the top of the first element that `part` selects, or all if less.

    A `fitted` one is as wide as the document.
    """

    name: str
    document: Path
    height: int
    scheme: Literal["light", "dark"] = "light"
    part: str = "html"
    fitted: bool = False


def main(demo: Path) -> int:
    """Take each picture; those of reports that the demo did not write are named and left out."""
    program = next((path for name in PROGRAMS if (path := shutil.which(name))), None)
    if program is None:
        sys.stderr.write("Chromium is not installed: on Debian and Ubuntu, apt-get install chromium\n")
        return 1
    with TemporaryDirectory() as folder, sync_playwright() as driver:
        typed = Path(folder) / "terminal.html"
        typed.write_text(terminal(CHECK), encoding="utf-8")
        browser = driver.chromium.launch(executable_path=program, args=FLAGS)
        pictures = (
            Picture("client-light", demo / "client.html", 1300),
            Picture("client-dark", demo / "client.html", 1300, "dark"),
            Picture("calculation", demo / "client.html", 900, part="article:has(.bars)"),
            Picture("portfolio", demo / "portfolio.html", 1300),
            Picture("terminal", typed, 700, fitted=True),
        )
        faults = [fault for picture in pictures if (fault := taken(browser, picture))]
        browser.close()
    sys.stderr.write("".join(f"{fault}\n" for fault in faults))
    return 1 if faults else 0


def taken(browser: Browser, picture: Picture) -> str:
    """Take a picture; return what is wrong with it, if anything."""
    if not picture.document.exists():
        return f"{picture.name}: {picture.document} is not there: make demo"
    page = browser.new_page(viewport={"width": WIDTH, "height": picture.height}, color_scheme=picture.scheme)
    page.goto(picture.document.resolve().as_uri())
    part = page.locator("body" if picture.fitted else picture.part).first
    if not part.count():
        return f"{picture.name}: nothing there is {picture.part}"
    part.evaluate("one => one.scrollIntoView({behavior: 'instant'})")
    place = part.bounding_box()
    assert place is not None
    clip: FloatRect = {**place, "height": min(place["height"], picture.height - place["y"])}
    found = smaller(browser, page.screenshot(clip=clip))
    page.close()
    (HERE / f"{picture.name}.png").write_bytes(found)
    return f"{picture.name}: larger than {LARGEST} bytes" if len(found) > LARGEST else ""


def terminal(arguments: tuple[str, ...]) -> str:
    """Return a page that looks like a terminal in which the program ran."""
    surroundings = {**os.environ, "COLUMNS": "80", "NO_COLOR": "1"}
    command = [sys.executable, "-m", "eligibility", *arguments]
    run = subprocess.run(command, check=True, capture_output=True, text=True, env=surroundings)
    typed = " ".join(("eligibility", *arguments)).replace(" --programme", " \\\n    --programme", 1)
    return TERMINAL % (html.escape(typed), html.escape(run.stdout))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "build/demo")))
