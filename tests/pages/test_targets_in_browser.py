"""What can be touched is 24 px or has 24 px for itself (WCAG 2.2, 2.5.8), or stands elsewhere too."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import open_browser
from tests.sites import built, copy_shipped

PAGES = (
    "index.html",
    "timeline/index.html",
    "timeline/2020-03.html",
    "days/2020-03-04.html",
    "days/2020-02-29_2020-03-31.html",
    "members/index.html",
    "members/lihui.html",
    "donations/index.html",
    "stories/index.html",
    "stories/thumbs-up.html",
    "gallery/index.html",
    "photos/oil.html",
    "statistics/index.html",
    "statistics/coverage.html",
    "statistics/reconciliation.html",
    "data/index.html",
    "contribute/index.html",
    "search.html",
    "404.html",
    "about.html",
)

# Links within a sentence are exempt; so are those of which the page has another of full size.
CROWDED = """() => {
  document.querySelectorAll('details').forEach(one => { one.open = true })
  const address = one => one.href ? String(one.href.baseVal || one.href).split('#chart')[0] : ''
  const within = one => getComputedStyle(one).display === 'inline' && !(one instanceof SVGElement)
    && [...one.parentElement.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())
  const targets = [...document.querySelectorAll('a[href], button, summary, input, select')]
    .filter(one => one.checkVisibility({ visibilityProperty: true }) && one.tabIndex >= 0)
    .map(one => {
      const boxes = [one, ...one.querySelectorAll('*')].map(part => part.getBoundingClientRect())
        .filter(box => box.width && box.height)
      const left = Math.min(...boxes.map(b => b.left)), right = Math.max(...boxes.map(b => b.right))
      const top = Math.min(...boxes.map(b => b.top)), bottom = Math.max(...boxes.map(b => b.bottom))
      const label = one.closest('label')
      const large = label && label.getBoundingClientRect().height >= 24
      const small = !large && Math.min(right - left, bottom - top) < 23.99
      return { one, left, right, top, bottom, small, x: (left + right) / 2, y: (top + bottom) / 2 }
    })
    .filter(target => target.right > target.left)
  const full = new Set(targets.filter(t => !t.small || within(t.one)).map(t => address(t.one)))
  const meets = (a, b) => {
    if (a === b || a.one.contains(b.one) || b.one.contains(a.one)) return false
    if (b.small) return Math.hypot(a.x - b.x, a.y - b.y) < 24
    const x = Math.max(b.left - a.x, 0, a.x - b.right), y = Math.max(b.top - a.y, 0, a.y - b.bottom)
    return Math.hypot(x, y) < 12
  }
  const crowded = targets.filter(a => a.small && !within(a.one)
    && !(address(a.one) && full.has(address(a.one))) && targets.some(b => meets(a, b)))
  return [targets.length, crowded.map(a => a.one.outerHTML.slice(0, 200))]
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(copy_shipped(tmp_path_factory.mktemp("shipped")))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as opened:
        yield opened


@pytest.mark.parametrize("width", [390, 1440])
def test_a_finger_finds_every_target(site: Path, browser: Browser, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    for name in PAGES:
        page.goto((site / name).as_uri())
        targets, crowded = page.evaluate(CROWDED)
        assert targets > 8, name
        assert crowded == [], name
    context.close()
