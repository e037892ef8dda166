"""Opens the pages of a sandbox in Chromium: narrow and wide, bright and dark, with the keyboard alone.

Arguments: the URL of the sandbox, a company, a token, and a folder for screenshots. The program is CHROMIUM, or
`chromium` of the path.
"""

import base64
import json
import os
import shutil
import sys
import urllib.request

from playwright.sync_api import sync_playwright

URL, COMPANY, TOKEN, FOLDER = sys.argv[1:]
PAGES = {"sandbox": "/_sandbox/", "docs": "/docs/"}
# The mean brightness of a picture, from 0 to 1.
BRIGHTNESS = """async (url) => {
  const image = new Image();
  image.src = url;
  await image.decode();
  const canvas = new OffscreenCanvas(64, 64).getContext("2d");
  canvas.drawImage(image, 0, 0, 64, 64);
  const bytes = canvas.getImageData(0, 0, 64, 64).data;
  return bytes.filter((_, index) => index % 4 < 3).reduce((sum, byte) => sum + byte, 0) / (64 * 64 * 3 * 255);
}"""


def call(method, path, body=None):
    headers = {"authorization": f"Bearer {TOKEN}", "content-type": "application/json"}
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(URL + path, data, headers, method=method)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    return opener.open(request).read().decode()


def post_account(account):
    """Returns the id of the bulk request."""
    accepted = call("POST", f"/cards/v4/companies/{COMPANY}/accounts/bulk", {"accounts": [account]})
    return json.loads(accepted)["requestId"]


def watched(context, problems):
    """Returns a page whose errors and requests to others are problems. Violations of its policy are errors too."""
    page = context.new_page()
    page.on("console", lambda message: message.type == "error" and problems.append(message.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    own = (URL + "/", "data:", "blob:")
    page.on("request", lambda request: request.url.startswith(own) or problems.append(request.url))
    return page


def load(page, path):
    page.goto(URL + path)
    page.wait_for_selector(".opblock >> nth=2" if path == PAGES["docs"] else "text=/bulk requests?,/")


def open_all(page):
    """Opens every operation, whose tables are the widest of the page."""
    for operation in page.locator(".opblock-summary-control").all():
        operation.click()
    page.wait_for_selector(".responses-table >> nth=2")
    # The picture begins at the top.
    page.evaluate("scrollTo(0, 0)")


def looks(browser, name, path):
    """The page fits, is as bright as it should be, and has no errors."""
    for width in (360, 1280):
        for scheme in ("light", "dark"):
            problems = []
            context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
            page = watched(context, problems)
            load(page, path)
            if path == PAGES["docs"]:
                open_all(page)
            picture = page.screenshot(path=f"{FOLDER}/{name}-{width}-{scheme}.png")
            needed = page.evaluate("document.documentElement.scrollWidth")
            assert needed <= width, f"{path} needs {needed} of {width} pixels"
            url = "data:image/png;base64," + base64.b64encode(picture).decode()
            brightness = page.evaluate(BRIGHTNESS, url)
            assert (brightness < 0.4) == (scheme == "dark"), f"{path} has {brightness} where it should be {scheme}"
            assert not problems, problems
            context.close()


def tab_to(page, wanted):
    """Presses the tabulator until an element has the focus."""
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", wanted):
            return
    raise AssertionError(f"the tabulator does not reach {wanted}")


def fault_with_keys(browser):
    """A fault is switched on and off again without a mouse."""
    problems = []
    page = watched(browser.new_context(), problems)
    load(page, PAGES["sandbox"])
    tab_to(page, "select[name=fault]")
    page.keyboard.type("serviceU")
    tab_to(page, "select[name=operation]")
    page.keyboard.type("getB")
    tab_to(page, "form button")
    page.keyboard.press("Enter")
    page.wait_for_selector("#faults li")
    [rule] = json.loads(call("GET", "/_sandbox/faults"))
    assert rule == {"fault": "serviceUnavailable", "operation": "getBulkRequest"}, rule
    page.keyboard.press("Shift+Tab")
    tab_to(page, "#faults button")
    page.keyboard.press("Enter")
    page.wait_for_selector("#faults li", state="detached")
    assert json.loads(call("GET", "/_sandbox/faults")) == []
    assert not problems, problems


def many(browser, account):
    """What was opened stays, with its state, when others push it from the list."""
    problems = []
    page = watched(browser.new_context(), problems)
    load(page, PAGES["sandbox"])
    first = post_account({**account, "externalId": "many-first"})
    row = page.locator("details", has_text=first)
    row.locator("summary").click()
    for number in range(60):
        post_account({**account, "externalId": f"many-{number}"})
    page.wait_for_selector("text=The latest 50, and those that were opened.")
    row.locator(".Done").wait_for()
    assert "many-first" in row.inner_text(), row.inner_text()
    page.wait_for_selector("details >> nth=50", state="attached")
    row.locator("summary").click()
    post_account({**account, "externalId": "many-last"})
    page.wait_for_selector("details >> nth=50", state="detached")
    assert not problems, problems


def call_with_keys(browser, request_id):
    """An operation is tried out in the explorer without a mouse."""
    problems = []
    page = watched(browser.new_context(), problems)
    load(page, PAGES["docs"])
    tab_to(page, ".auth-wrapper .authorize")
    page.keyboard.press("Enter")
    page.wait_for_selector("#auth-bearer-value")
    page.focus("#auth-bearer-value")
    page.keyboard.type(TOKEN)
    page.keyboard.press("Enter")
    tab_to(page, ".auth-btn-wrapper .btn-done")
    page.keyboard.press("Enter")
    operation = "[id*=getBulkRequest]"
    tab_to(page, f"{operation} .opblock-summary-control")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"{operation} .try-out__btn")
    tab_to(page, f"{operation} .try-out__btn")
    page.keyboard.press("Enter")
    for name, value in (("companyId", COMPANY), ("requestId", request_id)):
        tab_to(page, f"{operation} [data-param-name={name}] input")
        page.keyboard.press("Control+a")
        page.keyboard.type(value)
    tab_to(page, f"{operation} .execute")
    page.keyboard.press("Enter")
    answer = page.wait_for_selector(f"{operation} .live-responses-table .response-col_description pre").inner_text()
    assert request_id in answer, answer
    assert not problems, problems


def main():
    account = {
        "accountType": "I", "cardProductDescription": "Card", "cardProductType": "CORP", "externalId": "acct-1",
        "lastSegment": "4417", "liabilityType": "IBIP", "nameOnCard": "MILA JANSEN", "provider": {"countryCode": "NL"},
    }
    accepted = post_account(account)
    with sync_playwright() as playwright:
        program = os.environ.get("CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--no-proxy-server"])
        for name, path in PAGES.items():
            looks(browser, name, path)
        fault_with_keys(browser)
        call_with_keys(browser, accepted)
        many(browser, account)
        browser.close()
    print("the pages work")


main()
