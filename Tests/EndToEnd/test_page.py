"""The web page in a real browser, and on a phone, and without JavaScript."""

import csv
import json
import re
import shutil
import time
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import axe_core_python
import pytest
from program import Server
from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException, WebDriverException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select, WebDriverWait

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


def press(browser, element) -> None:
    """Clicks, also where the style sheet shows something of closed details, which counts as hidden for the driver."""
    if element.is_displayed():
        element.click()
    else:
        ActionChains(browser).scroll_to_element(element).move_to_element(element).click().perform()


def gone(element):
    """What is true when the page that the element stands on is there no more, in whichever words the driver says so."""

    def is_gone(_) -> bool:
        try:
            element.is_enabled()
        except StaleElementReferenceException:
            return True
        except WebDriverException as error:
            if "does not belong to the document" in str(error):
                return True
            raise
        return False

    return is_gone


def follow(browser, link) -> None:
    """Clicks and waits until the page that was there is gone: a click may return before the browser has left it."""
    press(browser, link)
    WebDriverWait(browser, 10).until(gone(link))


def search(browser, server, query: str) -> list:
    browser.get(server.address + "/")
    field = browser.find_element(By.ID, "q")
    field.send_keys(query + Keys.ENTER)
    WebDriverWait(browser, 10).until(gone(field))
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
    follow(browser, first.find_element(By.CSS_SELECTOR, ".title a"))
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
    follow(browser, browser.find_element(By.LINK_TEXT, "Next page"))
    second = [title.text for title in browser.find_elements(By.CSS_SELECTOR, "ol.hits .title")]
    assert len(second) == 10 and not set(first) & set(second)
    follow(browser, browser.find_element(By.LINK_TEXT, "Previous page"))
    assert [title.text for title in browser.find_elements(By.CSS_SELECTOR, "ol.hits .title")] == first


PAGES = [
    "/",
    "/search?q=grief",
    "/search?q=grief&page=2",
    "/search?q=",
    "/search?q=grief&genre=poetry,drama&minYear=1800&maxYear=1899&author=a&avoid=war&mood=sad&sort=newest&maxRating=4.9",
    "/search?q=grief&genre=cooking&maxYear=-500&exclude=nosuchbook",
    "/search?q=the+gret+gatsby",
    "/books/nosuchbook",
    "/nowhere",
    "/docs",
]


@pytest.fixture(scope="module")
def paths(server) -> list[str]:
    book = server.json("/api/v1/search?q=dune&limit=1")["hits"][0]["book"]["id"]
    return [*PAGES, f"/books/{book}", f"/search?q=&like={book}"]


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
    # What narrows the search down comes first, and can be skipped too.
    desktop.switch_to.active_element.send_keys(Keys.TAB)
    skip = desktop.switch_to.active_element
    assert skip.get_attribute("href").endswith("#results") and skip.is_displayed()
    skip.send_keys(Keys.ENTER)
    desktop.switch_to.active_element.send_keys(Keys.TAB)
    assert "/books/" in desktop.switch_to.active_element.get_attribute("href")
    desktop.find_element(By.TAG_NAME, "body").send_keys("/")
    assert desktop.switch_to.active_element.get_attribute("id") == "q"


def test_pages_fit_the_narrowest_phone(server, paths):
    browser = start_browser(width=320)
    try:
        for path in paths:
            browser.get(server.address + path)
            for details in browser.find_elements(By.CSS_SELECTOR, "main > .results details, .taste, .taste details"):
                browser.execute_script("arguments[0].open = true", details)
            width = browser.execute_script("return document.documentElement.scrollWidth")
            assert width <= 320, (path, width)
    finally:
        browser.quit()


@pytest.fixture(scope="module")
def dark():
    browser = start_browser()
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": "dark"}]})
    yield browser
    browser.quit()


def test_the_dark_has_contrast_too(dark, server, paths):
    for path in paths:
        dark.get(server.address + path)
        assert dark.execute_script("return getComputedStyle(document.body).backgroundColor") == "rgb(27, 22, 19)"
        dark.execute_script("for (const part of document.querySelectorAll('details')) part.open = true")
        dark.execute_script(AXE)
        result = dark.execute_async_script("axe.run().then(arguments[arguments.length - 1])")
        found = [(violation["id"], [node["html"] for node in violation["nodes"]][:3]) for violation in result["violations"]]
        assert not found, (path, found)


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
    follow(desktop, desktop.find_element(By.CSS_SELECTOR, "main .search button"))
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
        WebDriverWait(desktop, 10).until(gone(own))
        WebDriverWait(desktop, 10).until(lambda browser: browser.current_url == page + "#feel")
        assert "You say that is not right." not in desktop.find_element(By.TAG_NAME, "main").text
    # Taken back, so that the library is as it was.
    assert b"nothing has changed" in trained.run("train").stdout


def total(browser) -> int:
    """How many books the page says there are."""
    words = browser.find_element(By.CSS_SELECTOR, ".summary").text
    return int(re.search(r" of ([0-9,]+) book", words)[1].replace(",", ""))


def facet(browser, title: str):
    """The kinds of books under this heading; on a phone they are folded away at first."""
    summary = browser.find_element(By.CSS_SELECTOR, ".narrow > summary")
    if summary.is_displayed() and browser.find_element(By.CSS_SELECTOR, ".narrow").get_attribute("open") is None:
        assert not browser.find_element(By.CSS_SELECTOR, ".facet").is_displayed()
        summary.click()
    return browser.find_element(By.XPATH, f"//section[@class='facet'][h2='{title}']")


def words(element, selector: str | None = None) -> str:
    """Its text, without what is for screen readers."""
    part = element.find_element(By.CSS_SELECTOR, selector) if selector else element
    text = part.get_property("textContent")
    for unseen in part.find_elements(By.CSS_SELECTOR, ".unseen"):
        text = text.replace(unseen.get_property("textContent"), "")
    return " ".join(text.split())


def number(link) -> int:
    return int(words(link, ".count").replace(",", ""))


def chips(browser) -> list:
    return browser.find_elements(By.CSS_SELECTOR, ".wishes a:not(.all)")


@pytest.mark.parametrize(
    ("title", "parameters"),
    [("Genre", ["genre"]), ("Mood", ["feels"]), ("Published", ["minYear", "maxYear"]), ("Category", ["category"])],
)
def test_a_facet_narrows_the_search_down(browser, server, title, parameters):
    browser.get(server.address + "/search?q=grief")
    before = total(browser)
    link = facet(browser, title).find_elements(By.TAG_NAME, "a")[1]
    name, count = words(link, "span"), number(link)
    assert 0 < count < before
    follow(browser, link)
    assert total(browser) == count
    asked = parse_qs(urlsplit(browser.current_url).query)
    assert list(asked) == ["q", *parameters]
    answer = server.json("/api/v1/search?" + urlsplit(browser.current_url).query)
    assert answer["estimatedTotalHits"] == count
    titles = [hit["book"]["title"] for hit in answer["hits"]]
    assert [title.text for title in browser.find_elements(By.CSS_SELECTOR, "ol.hits .title")] == titles

    # Shared, it is the same; chosen again, it is as before.
    browser.get(browser.current_url)
    chosen = facet(browser, title).find_element(By.CSS_SELECTOR, "a[aria-current]")
    assert words(chosen) == f"{name} {count:,} ×"
    follow(browser, chosen)
    assert browser.current_url.endswith("/search?q=grief")
    assert total(browser) == before


def test_facets_add_up_and_are_taken_back(browser, server):
    browser.get(server.address + "/search?q=grief")
    fiction = facet(browser, "Fiction or not").find_elements(By.TAG_NAME, "a")
    follow(browser, next(link for link in fiction if words(link, "span") == "Fiction"))
    link = facet(browser, "Genre").find_elements(By.TAG_NAME, "a")[0]
    name, count = words(link, "span"), number(link)
    follow(browser, link)
    assert total(browser) == count
    follow(browser, browser.find_element(By.LINK_TEXT, "Next page"))
    assert "fiction=yes&genre=" in browser.current_url
    assert [words(chip) for chip in chips(browser)] == ["Fiction ×", f"{name.capitalize()} ×"]
    follow(browser, chips(browser)[0])
    # Another question begins at its first page.
    assert "fiction" not in browser.current_url and "page" not in browser.current_url
    assert total(browser) >= count


def test_rare_kinds_are_folded_away(browser, server):
    browser.get(server.address + "/search?q=grief")
    genres = facet(browser, "Genre")
    counts = [number(link) for link in genres.find_elements(By.CSS_SELECTOR, ":scope > ul a")]
    assert len(counts) == 8 and counts == sorted(counts, reverse=True)
    rest = genres.find_element(By.CSS_SELECTOR, ".rest")
    last = genres.find_elements(By.TAG_NAME, "a")[-1]
    count = number(last)
    assert rest.rect["height"] < 40 and count <= counts[-1]
    press(browser, rest.find_element(By.TAG_NAME, "summary"))
    assert rest.rect["height"] > 100
    follow(browser, last)
    assert total(browser) == count
    chosen = facet(browser, "Genre").find_element(By.CSS_SELECTOR, "a[aria-current]")
    assert number(chosen) == count
    assert not browser.find_elements(By.CSS_SELECTOR, ".rest a[aria-current]"), "what is chosen is not folded away"


def test_kinds_lie_open_beside_the_results(desktop, phone, without_javascript, server):
    for browser in (desktop, without_javascript):
        browser.get(server.address + "/search?q=grief")
        facets, hits = (browser.find_element(By.CSS_SELECTOR, name).rect for name in (".facet-list", "ol.hits"))
        assert facets["height"] > 300 and facets["x"] + facets["width"] < hits["x"]
    phone.get(server.address + "/search?q=grief")
    assert phone.find_element(By.CSS_SELECTOR, ".narrow").rect["height"] < 60
    assert phone.find_element(By.CSS_SELECTOR, ".narrow").rect["y"] < phone.find_element(By.CSS_SELECTOR, "ol.hits").rect["y"]


def test_words_are_marked(browser, server):
    browser.get(server.address + "/search?q=white+whale")
    marks = [mark.text.lower() for mark in browser.find_elements(By.CSS_SELECTOR, "ol.hits .passage mark")]
    assert {"white", "whale"} <= set(marks)
    mark = browser.find_element(By.CSS_SELECTOR, ".passage mark")
    assert mark.value_of_css_property("background-color") not in ("rgba(0, 0, 0, 0)", "rgb(255, 255, 0)")
    hits = server.json("/api/v1/search?q=white+whale")["hits"]
    for hit, card in zip(hits, browser.find_elements(By.CSS_SELECTOR, "ol.hits article"), strict=True):
        wanted = [piece["text"] for piece in (hit["passage"] or {"pieces": []})["pieces"] if piece["isMatch"]]
        shown = card.find_elements(By.TAG_NAME, "mark")
        assert [mark.get_property("textContent") for mark in shown] == wanted


def test_more_and_less_like_a_book(browser, server):
    browser.get(server.address + "/search?q=grief&fiction=yes")
    cards = browser.find_elements(By.CSS_SELECTOR, "ol.hits article")
    titles = [card.find_element(By.CSS_SELECTOR, ".title").text for card in cards]
    follow(browser, cards[0].find_element(By.PARTIAL_LINK_TEXT, "More like this"))
    assert re.search(r"/search\?q=grief&like=[^&]+&fiction=yes$", browser.current_url)
    cards = browser.find_elements(By.CSS_SELECTOR, "ol.hits article")
    shown = [card.find_element(By.CSS_SELECTOR, ".title").text for card in cards]
    # An example is not among the answers to it.
    assert titles[0] not in shown
    assert any(f"“{titles[0]}”" in card.text for card in cards)
    follow(browser, cards[0].find_element(By.PARTIAL_LINK_TEXT, "Less like this"))
    assert re.search(r"/search\?q=grief&like=[^&]+&unlike=[^&]+&fiction=yes$", browser.current_url)
    later = [title.text for title in browser.find_elements(By.CSS_SELECTOR, "ol.hits article .title")]
    assert titles[0] not in later and shown[0] not in later
    assert [words(chip) for chip in chips(browser)] == [f"More like “{titles[0]}” ×", f"Less like “{shown[0]}” ×", "Fiction ×"]
    follow(browser, chips(browser)[1])
    assert [title.text for title in browser.find_elements(By.CSS_SELECTOR, "ol.hits article .title")] == shown


def test_a_book_is_an_example_by_itself(browser, server):
    book = server.json("/api/v1/search?q=dune&limit=1")["hits"][0]["book"]
    browser.get(server.address + f"/books/{book['id']}")
    follow(browser, browser.find_element(By.CSS_SELECTOR, ".page .more"))
    assert browser.current_url.endswith(f"/search?q=&like={book['id']}")
    assert f"more like “{book['title']}”" in browser.find_element(By.TAG_NAME, "h1").text
    assert len(browser.find_elements(By.CSS_SELECTOR, "ol.hits article")) == 10


def test_the_form_keeps_what_was_asked_for(browser, server):
    book = server.json("/api/v1/search?q=dune&limit=1")["hits"][0]["book"]["id"]
    facets = {facet["name"]: facet["values"] for facet in server.json("/api/v1/search?q=grief&feels=sad")["facets"]}
    category = facets["category"][0]["value"]
    browser.get(server.address + f"/search?q=grief&like={book}&feels=sad&category={quote(category)}&exclude={book}")
    browser.find_element(By.CSS_SELECTOR, ".taste > summary").click()
    for name, value in (("minYear", "1800"), ("maxPages", "900"), ("minRating", "3.5"), ("notBy", "King, Stephen")):
        browser.find_element(By.NAME, name).send_keys(value)
    Select(browser.find_element(By.NAME, "sort")).select_by_visible_text("Oldest")
    follow(browser, browser.find_element(By.CSS_SELECTOR, ".search button"))
    asked = parse_qs(urlsplit(browser.current_url).query)
    assert {name: asked[name] for name in asked if not name.startswith("mood.") and name != "strength"} == {
        "q": ["grief"],
        "like": [book],
        "feels": ["sad"],
        "category": [category],
        "exclude": [book],
        "sort": ["oldest"],
        "minYear": ["1800"],
        "maxPages": ["900"],
        "minRating": ["3.5"],
        "notBy": ["King, Stephen"],
    }
    assert "oldest first" in browser.find_element(By.CSS_SELECTOR, ".summary").text
    assert browser.find_element(By.NAME, "notBy").get_attribute("value") == "King, Stephen"
    answer = server.json("/api/v1/search?" + urlsplit(browser.current_url).query)
    assert total(browser) == answer["estimatedTotalHits"] > 0
    years = [hit["book"]["year"] for hit in answer["hits"]]
    assert years == sorted(years) and years[0] >= 1800


def test_misspelt_words_are_corrected(browser, server):
    browser.get(server.address + "/search?q=the+gret+gatsby")
    assert browser.find_element(By.CSS_SELECTOR, ".reading").text == "Read gret as great."
    assert browser.find_element(By.CSS_SELECTOR, "ol.hits .title").text == "The Great Gatsby"


def test_what_hides_every_book_can_be_dropped(browser, server):
    browser.get(server.address + "/search?q=grief&genre=cooking&maxYear=-500")
    assert browser.find_elements(By.CSS_SELECTOR, ".nearest article")
    answer = server.json("/api/v1/search?q=grief&genre=cooking&maxYear=-500")["noResult"]
    assert browser.find_element(By.CSS_SELECTOR, ".empty").text == answer["text"]
    shown = [row.text for row in browser.find_elements(By.CSS_SELECTOR, ".obstacles li")]
    names = {"genre": "cooking and food", "maxYear": "until 500 BC"}
    assert [row.split(" ", 1)[0] for row in shown] == ["Drop"] * len(answer["obstacles"])
    for row, obstacle in zip(shown, answer["obstacles"], strict=True):
        assert names[obstacle["parameter"]] in row and row.split()[-2] == f"{obstacle['countWithout']:,}"
    follow(browser, browser.find_element(By.CSS_SELECTOR, ".obstacles a"))
    assert total(browser) == answer["obstacles"][0]["countWithout"]


def typed(browser, server, text: str, path: str = "/"):
    """The search field with this text, and what is suggested."""
    browser.get(server.address + path)
    field = browser.find_element(By.ID, "q")
    field.clear()
    field.send_keys(text)
    WebDriverWait(browser, 10).until(lambda _: field.get_attribute("aria-expanded") == "true")
    return field, browser.find_elements(By.CSS_SELECTOR, "#suggestions [role=option]")


def test_suggestions_by_keyboard(desktop, server):
    field, options = typed(desktop, server, "moby")
    assert field.get_attribute("role") == "combobox" and field.get_attribute("aria-controls") == "suggestions"
    suggestions = server.json("/api/v1/suggest?q=moby")["suggestions"]
    assert [option.find_element(By.CSS_SELECTOR, ".suggested").text for option in options] == [
        suggestion["text"] for suggestion in suggestions
    ]
    assert field.get_attribute("aria-activedescendant") is None
    field.send_keys(Keys.ARROW_DOWN)
    active = field.get_attribute("aria-activedescendant")
    assert active == options[0].get_attribute("id") and options[0].get_attribute("aria-selected") == "true"
    # Up from the first is the field itself, and up again the last.
    field.send_keys(Keys.ARROW_UP)
    assert field.get_attribute("aria-activedescendant") is None
    field.send_keys(Keys.ARROW_UP)
    assert field.get_attribute("aria-activedescendant") == options[-1].get_attribute("id")
    field.send_keys(Keys.ESCAPE)
    assert field.get_attribute("aria-expanded") == "false" and field.get_attribute("value") == "moby"
    assert not desktop.find_element(By.ID, "suggestions").is_displayed()
    field.send_keys(Keys.ARROW_DOWN, Keys.ENTER)
    WebDriverWait(desktop, 10).until(lambda browser: "/books/" in browser.current_url)
    assert "Moby" in desktop.find_element(By.TAG_NAME, "h1").text


def test_enter_alone_searches_for_what_was_typed(desktop, server):
    field, _ = typed(desktop, server, "moby")
    field.send_keys(Keys.ENTER)
    WebDriverWait(desktop, 10).until(lambda browser: "/search?q=moby" in browser.current_url)


def test_suggestions_by_mouse(desktop, server):
    _, options = typed(desktop, server, "melville", "/search?q=grief&genre=poetry")
    author = next(option for option in options if option.find_element(By.CSS_SELECTOR, ".by").text == "author")
    author.click()
    WebDriverWait(desktop, 10).until(lambda browser: browser.current_url.endswith("/search?q=&author=Herman%20Melville"))
    authors = [author.text for author in desktop.find_elements(By.CSS_SELECTOR, "ol.hits .authors")]
    assert authors and all("Herman Melville" in author for author in authors)
    assert desktop.find_element(By.NAME, "author").get_attribute("value") == "Herman Melville"


def test_late_suggestions_are_dropped(desktop, server):
    desktop.get(server.address + "/")
    desktop.execute_script(
        """
        const real = window.fetch;
        window.asked = [];
        window.fetch = function (address, options) {
          const first = window.asked.push(address) === 1;
          // The first answer comes last, and cannot be called off.
          const wait = first ? 900 : 0;
          return new Promise((done) => setTimeout(done, wait)).then(() => real(address, first ? {} : options));
        };
        """
    )
    field = desktop.find_element(By.ID, "q")
    field.send_keys("moby")
    WebDriverWait(desktop, 10).until(lambda browser: browser.execute_script("return asked.length") == 1)
    field.send_keys(Keys.BACKSPACE * 4, "odyss")
    WebDriverWait(desktop, 10).until(lambda _: field.get_attribute("aria-expanded") == "true")
    first = desktop.find_element(By.CSS_SELECTOR, "#suggestions [role=option]").text
    assert "Odyss" in first
    time.sleep(1.2)
    assert desktop.find_element(By.CSS_SELECTOR, "#suggestions [role=option]").text == first


def test_suggestions_are_accessible_and_break_no_policy(desktop, phone, server):
    for browser in (desktop, phone):
        if browser is desktop:
            browser.get_log("browser")
        field, _ = typed(browser, server, "the")
        field.send_keys(Keys.ARROW_DOWN)
        browser.execute_script(AXE)
        result = browser.execute_async_script("axe.run().then(arguments[arguments.length - 1])")
        assert [(violation["id"], violation["nodes"][0]["html"]) for violation in result["violations"]] == []
        assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth")
    assert desktop.get_log("browser") == []


def test_without_a_script_nothing_is_suggested_and_all_is_found(without_javascript, server):
    without_javascript.get(server.address + "/")
    field = without_javascript.find_element(By.ID, "q")
    assert field.get_attribute("role") is None
    field.send_keys("moby" + Keys.ENTER)
    assert "Moby" in without_javascript.find_element(By.CSS_SELECTOR, "ol.hits .title").text
