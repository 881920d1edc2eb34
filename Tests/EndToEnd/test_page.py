"""The web page in a real browser, and on a phone, and without JavaScript."""

import csv
import json
import shutil
from pathlib import Path
from urllib.parse import quote

import axe_core_python
import pytest
from program import Server
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.expected_conditions import staleness_of
from selenium.webdriver.support.ui import WebDriverWait

AXE = (Path(axe_core_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
TITLE = "<script>document.title='pwned'</script>Hostile & Sons"
#: As our own export writes it, whose values are taken as they stand: of other files markup is removed on the way in.
HOSTILE = {
    "source": "hostile",
    "source_id": "1",
    "isbn13": "",
    "title": TITLE,
    "subtitle": "<img src=x onerror=document.title='pwned'>",
    "authors": json.dumps(["O'Neil \"<b>\"", "{{brackets}}"]),
    "categories": json.dumps(["</ul><h1>Not a genre"]),
    "description": "</p><iframe src=//evil.example></iframe> &lt;already&gt; javascript:alert(1)",
    "average_rating": "4",
    "ratings_count": "10",
    "cover_url": "",
}


def start_browser(*, width: int = 1280, javascript: bool = True) -> webdriver.Chrome:
    options = webdriver.ChromeOptions()
    for name in ("chromium", "google-chrome", "chromium-browser"):
        if binary := shutil.which(name):
            options.binary_location = binary
            break
    options.add_argument("--headless=new")
    options.add_argument("--no-sandbox")
    options.add_argument("--disable-dev-shm-usage")
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    if width < 500:
        # Windows are never this narrow, phones are.
        options.add_experimental_option("mobileEmulation", {"deviceMetrics": {"width": width, "height": 740, "pixelRatio": 2}})
    else:
        options.add_argument(f"--window-size={width},900")
    if not javascript:
        options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
    driver = shutil.which("chromedriver")
    assert driver, "chromedriver is missing: run scripts/require-packages.sh browser"
    browser = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    browser.implicitly_wait(2)  # a page may still be on its way when it is looked at
    return browser


@pytest.fixture(scope="module")
def desktop():
    browser = start_browser()
    yield browser
    browser.quit()


@pytest.fixture(scope="module")
def phone():
    browser = start_browser(width=360)
    yield browser
    browser.quit()


@pytest.fixture(scope="module")
def without_javascript():
    browser = start_browser(javascript=False)
    yield browser
    browser.quit()


def search(browser, server, query: str) -> list:
    browser.get(server.address + "/")
    field = browser.find_element(By.ID, "q")
    field.send_keys(query + Keys.ENTER)
    return browser.find_elements(By.CSS_SELECTOR, "ol.hits article")


@pytest.fixture(params=["desktop", "phone", "without_javascript"])
def browser(request):
    return request.getfixturevalue(request.param)


def test_a_reader_searches_and_opens_a_book(browser, server):
    hits = search(browser, server, "a captain obsessed with a white whale")
    assert len(hits) == 10
    first = hits[0]
    assert "Moby" in first.find_element(By.CSS_SELECTOR, ".title").text
    assert "Herman Melville" in first.text
    assert "Why this book" in first.text or "WHY THIS BOOK" in first.text
    assert "mentions “captain”" in first.text or "“whale”" in first.text
    assert first.find_element(By.CSS_SELECTOR, "img").get_property("naturalWidth") > 0, "the cover is drawn"

    address = browser.current_url
    assert "q=a+captain" in address or "q=a%20captain" in address
    first.find_element(By.CSS_SELECTOR, ".title a").click()
    assert "/books/" in browser.current_url
    assert "Moby" in browser.find_element(By.TAG_NAME, "h1").text
    assert "More like this" in browser.page_source
    titles = [title.text for title in browser.find_elements(By.CSS_SELECTOR, "article.hit .title")]
    assert titles and not any("Moby" in title for title in titles)

    # The address is all one needs to share.
    browser.get(address)
    assert "Moby" in browser.find_elements(By.CSS_SELECTOR, "ol.hits article .title")[0].text


def test_pages_follow_on_each_other(browser, server):
    first = [hit.find_element(By.CSS_SELECTOR, ".title").text for hit in search(browser, server, "grief")]
    browser.find_element(By.LINK_TEXT, "Next page").click()
    second = [title.text for title in browser.find_elements(By.CSS_SELECTOR, "ol.hits .title")]
    assert len(second) == 10 and not set(first) & set(second)
    browser.find_element(By.LINK_TEXT, "Previous page").click()
    assert [title.text for title in browser.find_elements(By.CSS_SELECTOR, "ol.hits .title")] == first


PAGES = ["/", "/search?q=grief", "/search?q=grief&page=2", "/search?q=", "/books/nosuchbook", "/nowhere", "/docs"]


@pytest.fixture(scope="module")
def paths(server) -> list[str]:
    book = server.json("/api/v1/search?q=dune&limit=1")["hits"][0]["book"]["id"]
    return [*PAGES, f"/books/{book}"]


def test_pages_have_no_accessibility_violations(desktop, server, paths):
    for path in paths:
        desktop.get(server.address + path)
        desktop.execute_script(AXE)
        result = desktop.execute_async_script("axe.run().then(arguments[arguments.length - 1])")
        found = [(violation["id"], [node["html"] for node in violation["nodes"]][:3]) for violation in result["violations"]]
        assert not found, (path, found)


def test_pages_fit_a_phone(phone, server, paths):
    for path in paths:
        phone.get(server.address + path)
        width = phone.execute_script("return document.documentElement.scrollWidth")
        assert width <= 360, (path, width)


def test_the_keyboard_is_enough(desktop, server):
    desktop.get(server.address + "/search?q=dune")
    body = desktop.find_element(By.TAG_NAME, "body")
    body.send_keys(Keys.TAB)
    skip = desktop.switch_to.active_element
    assert skip.get_attribute("href").endswith("#main") and skip.is_displayed()
    skip.send_keys(Keys.ENTER)
    desktop.switch_to.active_element.send_keys(Keys.TAB)
    assert "/books/" in desktop.switch_to.active_element.get_attribute("href")
    desktop.find_element(By.TAG_NAME, "body").send_keys("/")
    assert desktop.switch_to.active_element.get_attribute("id") == "q"


def test_nothing_is_loaded_from_elsewhere(desktop, server, paths):
    desktop.get_log("performance")
    desktop.get_log("browser")
    for path in paths:
        desktop.get(server.address + path)
    events = [json.loads(entry["message"])["message"] for entry in desktop.get_log("performance")]
    requested = [event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"]
    assert any("/covers/" in url for url in requested)
    assert [url for url in requested if not url.startswith((server.address, "data:"))] == []
    errors = [entry for entry in desktop.get_log("browser") if "404 (Not Found)" not in entry["message"]]
    assert errors == [], "violations of the content security policy are logged here"


def test_catalogue_text_is_never_markup(desktop, trained):
    source = trained.home / "hostile.csv"
    with source.open("w", newline="") as file:
        rows = csv.DictWriter(file, HOSTILE)
        rows.writeheader()
        rows.writerow(HOSTILE)
    trained.run("ingest", "books", source)
    trained.run("train")
    with Server(trained) as server:
        book = server.json(f"/api/v1/search?limit=1&q={quote(TITLE)}")["hits"][0]["book"]
        assert book["title"] == TITLE
        for path in (f"/search?q={quote(TITLE)}", f"/books/{book['id']}"):
            desktop.get(server.address + path)
            assert desktop.title != "pwned"
            assert desktop.find_elements(By.CSS_SELECTOR, "main script, main iframe, img[onerror], h1 h1, main b") == []
        desktop.get(server.address + f"/books/{book['id']}")
        text = desktop.find_element(By.TAG_NAME, "main").text
        for shown in (book["title"], book["description"], 'O\'Neil "<b>"', "{{brackets}}"):
            assert shown in text
        cover = server.get(f"/covers/{book['id']}.svg")[2].decode()
        assert "<script" not in cover


def test_moods_are_asked_for_with_sliders(desktop, server):
    desktop.get(server.address + "/")
    desktop.find_element(By.CSS_SELECTOR, ".taste > summary").click()
    sad = desktop.find_element(By.NAME, "mood.sad")
    sad.send_keys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
    desktop.find_element(By.NAME, "mood.funny").send_keys(Keys.ARROW_LEFT)
    desktop.find_element(By.CSS_SELECTOR, "main .search button").click()
    # An address that can be shared names what was chosen and nothing else.
    assert desktop.current_url.split("?")[1] == "q=&strength=0.3&mood=funny%3A-0.5%2Csad"
    assert desktop.find_element(By.TAG_NAME, "h1").text.endswith("less funny, more sad")
    assert desktop.find_element(By.NAME, "mood.sad").get_attribute("value") == "1"
    first = desktop.find_element(By.CSS_SELECTOR, "details.feel")
    first.find_element(By.TAG_NAME, "summary").click()
    assert "in 100 books here" in first.text


def test_a_reader_can_say_that_a_mood_is_not_right(desktop, trained):
    with Server(trained) as server:
        book = server.json("/api/v1/search?mood=sad&limit=1")["hits"][0]["book"]
        page = server.address + f"/books/{book['id']}"
        desktop.get(page)
        desktop.find_element(By.XPATH, "//form[@class='opinion']//button[@value='no']").click()
        WebDriverWait(desktop, 10).until(lambda browser: browser.current_url == page + "#feel")
        own = desktop.find_element(By.CSS_SELECTOR, ".opinion .own")
        assert own.text == "You say that is not right."
        desktop.find_element(By.XPATH, "//form[@class='opinion']//button[@value='']").click()
        # Until the page is back: leaving earlier would cancel what was sent.
        WebDriverWait(desktop, 10).until(staleness_of(own))
        WebDriverWait(desktop, 10).until(lambda browser: browser.current_url == page + "#feel")
        assert "You say that is not right." not in desktop.find_element(By.TAG_NAME, "main").text
    # Taken back, so that the library is as it was.
    assert b"nothing has changed" in trained.run("train").stdout
