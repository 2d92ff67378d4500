#!/usr/bin/env python3
"""Opens reports in headless Chromium and checks what only a browser can tell.

    check-report.py REPORT.html... [--screenshots DIR]

Of each page: no message in the console, no request but for the page itself, no sideways scroll at phone and desktop width in
light and dark, labels for all controls and drawings, headings in order. Of a page that reviews rows: ticking rows by
keyboard and exporting gives a review file that holds just those rows, which is left there as review.json. Of a comparison:
a heading sorts its table, both ways. Screenshots and a PDF of the printed page go to a folder of the page's name in DIR, to be
looked at.

Needs Debian's chromium-driver, which is installed when it is absent and one may; nothing but Python's own library otherwise.
"""

import argparse
import base64
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

WIDTHS = {"phone": (390, 844), "desktop": (1280, 900)}
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"

PAGE_FACTS = r"""
const problems = []
const name = (node) => node.outerHTML.slice(0, 80)
const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth
if (wide > 0) problems.push(`the page scrolls ${wide} px sideways`)
for (const node of document.querySelectorAll('svg:not([aria-hidden])'))
  if (!node.getAttribute('aria-label')) problems.push(`no label: ${name(node)}`)
for (const node of document.querySelectorAll('input, button'))
  if (!node.textContent.trim() && !node.closest('label') && !node.labels?.length) problems.push(`no label: ${name(node)}`)
for (const node of document.querySelectorAll('.wide'))
  if (node.tabIndex !== 0 || !(node.getAttribute('aria-label') || node.getAttribute('aria-labelledby')))
    problems.push(`cannot be scrolled by keyboard: ${name(node)}`)
for (const node of document.querySelectorAll('[aria-labelledby]'))
  if (!document.getElementById(node.getAttribute('aria-labelledby'))) problems.push(`labelled by nothing: ${name(node)}`)
for (const node of document.querySelectorAll('a[href^="#"]'))
  if (!document.getElementById(decodeURIComponent(node.hash.slice(1)))) problems.push(`leads nowhere: ${name(node)}`)
const ids = Array.from(document.querySelectorAll('[id]'), (node) => node.id)
if (new Set(ids).size !== ids.length) problems.push('an id occurs twice')
let level = 0
for (const node of document.querySelectorAll('h1, h2, h3, h4')) {
  const next = Number(node.tagName[1])
  if (next > level + 1) problems.push(`a heading is skipped before '${node.textContent}'`)
  level = next
}
const luminance = (color) => {
  const parts = color.match(/[\d.]+/g).map(Number)
  const linear = parts.slice(0, 3).map((c) => c / 255).map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
  return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}
const ground = luminance(getComputedStyle(document.body).backgroundColor)
const seen = new Set()
for (const node of document.querySelectorAll('p, td, th, small, a, dt, dd, .badge, .lead, button, summary, caption')) {
  if (!node.textContent.trim() || node.closest('.unseen')) continue
  const ink = luminance(getComputedStyle(node).color)
  const contrast = (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05)
  const key = `${node.tagName}.${node.className}`
  if (contrast < 4.5 && !seen.has(key)) { seen.add(key); problems.push(`contrast ${contrast.toFixed(2)}: ${name(node)}`) }
}
return problems
"""

SORTED = r"""
const [table, place] = arguments
const head = table.tHead.rows[0].cells[place]
const values = Array.from(table.tBodies[0].rows, (row) => {
  const cell = row.cells[place]
  return cell.dataset.value === undefined ? cell.textContent.trim() : cell.dataset.value === '' ? null : Number(cell.dataset.value)
})
return [head.getAttribute('aria-sort'), values]
"""


class Browser:
    """A session of chromedriver, by the W3C WebDriver protocol."""

    def __init__(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.driver = subprocess.Popen(
            [shutil.which("chromedriver"), f"--port={port}", "--log-level=OFF"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.base = f"http://127.0.0.1:{port}"
        options = {
            "args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-device-scale-factor=1"],
            "perfLoggingPrefs": {"enableNetwork": True, "enablePage": False},
        }
        capabilities = {
            "browserName": "chrome", "goog:chromeOptions": options,
            "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"}}
        for attempt in range(100):
            try:
                answer = self.call("POST", "/session", {"capabilities": {"alwaysMatch": capabilities}})
                break
            except (ConnectionError, urllib.error.URLError):
                time.sleep(0.1)
        else:
            raise RuntimeError("chromedriver does not answer")
        self.base += f"/session/{answer['sessionId']}"

    def call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            self.base + path, data=data, method=method, headers={"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(json.load(error)["value"]["message"].splitlines()[0]) from None

    def run(self, script, *arguments):
        return self.call("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def devtools(self, command, **parameters):
        return self.call("POST", "/goog/cdp/execute", {"cmd": command, "params": parameters})

    def find(self, selector, root=""):
        return self.call("POST", f"{root}/elements", {"using": "css selector", "value": selector})

    def on(self, element, action, body=None):
        return self.call("POST", f"/element/{element[ELEMENT]}/{action}", body or {})

    def log(self, kind):
        return self.call("POST", "/se/log", {"type": kind})

    def close(self):
        try:
            self.call("DELETE", "")
        finally:
            self.driver.terminate()
            self.driver.wait()


def requests(browser):
    """Addresses that the page has asked for since the last look."""
    messages = [json.loads(entry["message"])["message"] for entry in browser.log("performance")]
    return [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]


def check_page(browser, page, folder):
    address = page.resolve().as_uri()
    browser.log("performance")
    problems = []
    for width, (across, down) in WIDTHS.items():
        browser.devtools(
            "Emulation.setDeviceMetricsOverride", width=across, height=down, deviceScaleFactor=1, mobile=width == "phone")
        for scheme in ("light", "dark"):
            browser.devtools(
                "Emulation.setEmulatedMedia", media="", features=[{"name": "prefers-color-scheme", "value": scheme}])
            browser.call("POST", "/url", {"url": address})
            problems += [f"{width}, {scheme}: {text}" for text in browser.run(PAGE_FACTS)]
            shot = browser.devtools("Page.captureScreenshot", format="png", captureBeyondViewport=True)["data"]
            (folder / f"{width}-{scheme}.png").write_bytes(base64.b64decode(shot))
    browser.devtools("Emulation.setEmulatedMedia", media="", features=[])
    pdf = browser.call("POST", "/print", {"background": True})
    (folder / "print.pdf").write_bytes(base64.b64decode(pdf))
    asked = {url for url in requests(browser) if url != address}
    problems += [f"asks for {url}" for url in asked]
    return problems


def check_review(browser, folder):
    """Ticks the first row as rejected and the second as accepted, by keyboard, and exports."""
    rows = browser.find("fieldset[data-row]")
    if not rows:
        return []
    expected = []
    for row, decision in zip(rows[:2], ("rejected", "accepted")):
        box = browser.call(
            "POST", f"/element/{row[ELEMENT]}/elements", {"using": "css selector", "value": f"input[value={decision}]"})[0]
        browser.run("arguments[0].focus()", box)
        browser.on(box, "value", {"text": " "})
        text = browser.run("return arguments[0].dataset.row", row)
        expected.append(json.loads(text) | {"decision": decision})
    name = browser.find(".toolbar input[type=text]")[0]
    browser.on(name, "value", {"text": "Rita Reviewer"})
    button = browser.find(".toolbar button")[0]
    browser.run("arguments[0].focus()", button)
    browser.on(button, "value", {"text": "\ue007"})
    file = folder / "review.json"
    for attempt in range(100):
        if file.exists():
            break
        time.sleep(0.1)
    else:
        return ["no review file was exported"]
    review = json.loads(file.read_text())
    problems = []
    if review.get("rows") != expected:
        problems.append("the review file holds other rows than were ticked")
    if review.get("reviewer") != "Rita Reviewer" or review.get("format") != "mynah-review":
        problems.append("the review file lacks the reviewer or the format")
    return problems


def check_sorting(browser):
    problems = []
    for table in browser.find("table.sortable"):
        heads = browser.call("POST", f"/element/{table[ELEMENT]}/elements", {"using": "css selector", "value": "thead th button"})
        for place, head in enumerate(heads):
            for turn in range(2):
                browser.run("arguments[0].focus()", head)
                browser.on(head, "value", {"text": "\ue007"})
                order, values = browser.run(SORTED, table, place)
                known = [v for v in values if v is not None and v != ""]
                rest = values[len(known):]
                if any(v is not None and v != "" for v in rest):
                    problems.append(f"column {place}: cells without a value are not last")
                if known and not isinstance(known[0], str) and known != sorted(known, reverse=order == "descending"):
                    problems.append(f"column {place} says {order} and is not")
    return problems


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("reports", nargs="+", type=Path)
    parser.add_argument("--screenshots", type=Path, help="where pictures and the review file go")
    arguments = parser.parse_args()
    for report in arguments.reports:
        if not report.is_file():
            sys.exit(f"check-report.py: there is no file '{report}'")
    if not shutil.which("chromedriver"):
        if os.geteuid() != 0 or not shutil.which("apt-get"):
            sys.exit("check-report.py: install Debian's chromium-driver, or the equivalent here")
        subprocess.run(["apt-get", "install", "-qq", "-y", "chromium", "chromium-driver"], check=True, stdout=sys.stderr)
    base = (arguments.screenshots or Path(tempfile.mkdtemp())).resolve()
    browser = Browser()
    failed = False
    try:
        for report in arguments.reports:
            folder = base / "-".join([*report.parts[-2:-1], report.stem])
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "review.json").unlink(missing_ok=True)
            browser.devtools("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(folder))
            problems = check_page(browser, report, folder)
            problems += check_review(browser, folder) + check_sorting(browser)
            problems += [f"console: {entry['message']}" for entry in browser.log("browser")]
            print(f"{report}: {'no problems' if not problems else ''}")
            for problem in dict.fromkeys(problems):
                print(f"  {problem}")
            failed = failed or bool(problems)
    finally:
        browser.close()
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
