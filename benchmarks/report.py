"""How long the report takes that `voicecoach history --html` writes: to be written, and to be opened.

python -m benchmarks.report [--sessions 500] [--tries 5] makes up years of one person's sessions, writes the page, and opens it in Debian's
Chromium. Prints the seconds from the address to a page that is laid out and painted: the least and the median of the tries, since other
work on the machine only ever adds to them; the processor's time of the page's process; megabytes and elements.
"""

import argparse
import shutil
import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.report.years import write
from voicecoach.cli import main as voicecoach

SIZES = ((1280, 800), (360, 740))
PAINTED = """() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() =>
    done([performance.now() / 1000, document.querySelectorAll("*").length]))))"""
"""Two frames on, what was laid out before the first is on the screen."""


def opened(browser: Browser, page: Path, width: int, height: int) -> tuple[float, float, int]:
    """Seconds until it is painted, seconds of the processor, elements."""
    context = browser.new_context(viewport={"width": width, "height": height})
    tab = context.new_page()
    tools = context.new_cdp_session(tab)
    tools.send("Performance.enable")
    before = _processor_s(tools.send("Performance.getMetrics"))
    tab.goto(page.as_uri())
    seconds, elements = tab.evaluate(PAINTED)
    worked = _processor_s(tools.send("Performance.getMetrics")) - before
    context.close()
    return seconds, worked, elements


def _processor_s(metrics: dict[str, list[dict[str, float | str]]]) -> float:
    return next(float(one["value"]) for one in metrics["metrics"] if one["name"] == "ProcessTime")


def main() -> None:
    """Prints a line for the writing and one for each size of screen."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sessions", type=int, default=500)
    parser.add_argument("--tries", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        home, page = Path(folder), Path(folder, "history.html")
        write(home / "journal.db", options.sessions)
        begun, worked = time.perf_counter(), time.process_time()
        voicecoach(["history", "--html", str(page), "--home", str(home)])
        took, worked = time.perf_counter() - begun, time.process_time() - worked
        print(f"  written: {took:.2f} s, {worked:.2f} s of the processor; {page.stat().st_size / 1e6:.1f} MB")
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        for width, height in SIZES:
            tries = [opened(browser, page, width, height) for _ in range(options.tries)]
            seconds, processor_s, (elements, *_) = zip(*tries, strict=True)
            least, median = min(seconds), statistics.median(seconds)
            told = f"least {least:.2f} s, median {median:.2f} s, {min(processor_s):.2f} s of the processor; {elements} elements"
            print(f"  opened at {width} x {height}: {told}")
        browser.close()


if __name__ == "__main__":
    main()
