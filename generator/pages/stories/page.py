"""The list of stories and a page per story."""

from collections.abc import Iterator
from functools import partial

from generator.kinds.story import Story
from generator.pages import linked
from generator.pages.edition import Edition
from generator.pages.page import Page, SearchText, base_of
from generator.pages.rendering import make_page
from generator.pages.sheet import Sheet, single
from generator.pages.view import view_of
from generator.pages.words import translator
from generator.values.text import strip_markdown


def sheets(edition: Edition) -> Iterator[Sheet]:
    """The index, then one page per story."""
    yield single("stories", partial(_index, edition))
    stories = edition.archive.stories
    for number, story in enumerate(stories):
        before = stories[number - 1] if number else None
        after = stories[number + 1] if number + 1 < len(stories) else None
        page = partial(_page, edition, story, before, after)
        yield single(f"stories/{story.id}", page, near=story.date.month)


def _index(edition: Edition) -> Page:
    t = translator(edition.language, "stories")
    n = len(edition.archive.stories)
    description = t("description", title=edition.archive.file.title, n=n)
    return make_page(edition, "stories/index.html", "stories/index.html", t("title"), description)


def _page(edition: Edition, story: Story, before: Story | None, after: Story | None) -> Page:
    url = f"stories/{story.id}.html"
    view = view_of(edition, "stories", base_of(url))
    photographs = view.photographs(story)
    return make_page(
        edition,
        "stories/story.html",
        url,
        story.title,
        view.excerpt(story.text, 120),
        search=SearchText(
            "story",
            story.title,
            f"{strip_markdown(story.text)} {view.teller(story)}",
            date=view.date(story.date),
            thumbnail=view.thumbnail(photographs),
            aliases=(story.id,),
        ),
        picture=photographs[0] if photographs else None,
        linked=linked.story(view, story),
        story=story,
        before={"url": f"{before.id}.html", "title": before.title} if before else None,
        after={"url": f"{after.id}.html", "title": after.title} if after else None,
    )
