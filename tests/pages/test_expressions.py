"""Expressions in hand-written pages: what each becomes, and what is refused where."""

import re
from pathlib import Path

import pytest

from generator.pages.edition import Edition
from generator.pages.narrative.expand import expand
from generator.pages.narrative.expressions import NAMES
from generator.problems.problem import Problem
from tests.sites import SMALL, edition, write_archive

PATROL = """\
date: 2020-03-09
title: 巡查
task: delivery
photos:
  - {id: patrol, caption: 停下来看一看, credit: 小王, file: patrol.jpg}
  - {id: oil, caption: 搬油, pending: true}
"""
ODD = "date: 2020-03-10\ntitle: '<b>&\"奇'\ntask: delivery\n"
FILES = {
    **SMALL,
    "records/archive.yml": f"{SMALL['records/archive.yml']}hero: patrol\nsubtitle: 副题\n",
    "records/activities/patrol.yml": PATROL,
    "records/activities/odd.yml": ODD,
}


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return edition(write_archive(tmp_path_factory.mktemp("archive"), FILES))


def expanded(seen: Edition, text: str, url: str = "index.html") -> str:
    result, problems, *_ = expand(text, "docs/index.md", url, seen)
    assert problems == ()
    return result


def refusal(seen: Edition, text: str) -> Problem:
    _, problems, *_ = expand(text, "docs/about.md", "about.html", seen)
    (one,) = problems
    assert one.code.id == "EXP001"
    assert one.place.path == "docs/about.md"
    return one


def link(address: str, text: str) -> str:
    return f'<a href="{address}">{text}</a>'


INLINE = {
    '{{ day("2020-03-04") }}': link("days/2020-03-04.html", "3月4日"),
    '{{ day("2020-03-04", "那天") }}': link("days/2020-03-04.html", "那天"),
    '{{ day("2020-02-29/2020-03-31") }}': link(
        "days/2020-02-29_2020-03-31.html", "2020年2月29日至3月31日"
    ),
    '{{ member("zhangsan") }}': link("members/zhangsan.html", "张三"),
    '{{ member("zhangsan", text="组长") }}': link("members/zhangsan.html", "组长"),
    '{{ activity("first-day") }}': link("days/2020-03-02.html#activity-first-day", "第一天"),
    '{{ donation("melons") }}': link("donations/melons.html", "送来冬瓜"),
    '{{ story("thumbs-up", "大姐") }}': link("stories/thumbs-up.html", "大姐"),
}


@pytest.mark.parametrize(("written", "shown"), INLINE.items())
def test_a_record_is_named_and_linked(seen: Edition, written: str, shown: str) -> None:
    assert expanded(seen, f"前{written}后") == f"前{shown}后"


def test_links_lead_from_the_page_they_stand_on(seen: Edition) -> None:
    text = expanded(seen, '{{ member("zhangsan") }}', "guide/add-a-day.html")
    assert text == link("../members/zhangsan.html", "张三")


FIGURES = {
    '{{ figure("buildings") }}': ("recorded-buildings", "406栋"),
    '{{ figure("weight") }}': ("recorded-weight", "8000斤以上"),
    '{{ figure("item:冬瓜") }}': ("reported-item:冬瓜", "900份以上"),
    '{{ count("members") }}': ("recorded-members", "2"),
}


@pytest.mark.parametrize(("written", "shown"), FIGURES.items())
def test_a_figure_is_shown_with_its_unit_and_leads_to_its_records(
    seen: Edition, written: str, shown: tuple[str, str]
) -> None:
    anchor, words = shown
    text = expanded(seen, written)
    assert re.search(f'href="statistics/[a-z]+[.]html#{anchor}"', text)
    assert re.sub("<[^>]*>", "", text) == words


def test_members_are_counted_by_batch_and_activities_by_task(seen: Edition) -> None:
    text = expanded(
        seen, '{{ count("members", batch="first") }} {{ count("activities", task="delivery") }}'
    )
    assert re.sub("<[^>]*>", "", text) == "2 4"


BLOCKS = {
    "{{ hero() }}": ("巷里纪事", "副题", "2020年2月26日至3月31日", "测试工作组"),
    '{{ key_figures("buildings", "weight") }}': ("406", "栋", "消杀楼栋", "据记录", "8000"),
    '{{ key_figures("item:冬瓜") }}': ("900", "冬瓜", "据报道"),
    '{{ photo("oil") }}': ("搬油", "原片待征集", 'href="photos/oil.html"'),
    '{{ photo("patrol.jpg") }}': ("停下来看一看", "小王", 'href="photos/patrol.html"'),
    '{{ pull_quote("一户一户地送。") }}': ("一户一户地送。",),
    "{{ gallery_strip() }}": ('href="photos/patrol.html"', 'href="gallery/index.html"'),
    "{{ team() }}": ("张三", "李四", 'href="members/lisi.html"'),
    "{{ take_part() }}": ('href="contribute/index.html"',),
}


@pytest.mark.parametrize(("written", "parts"), BLOCKS.items())
def test_a_block_shows_what_it_promises(
    seen: Edition, written: str, parts: tuple[str, ...]
) -> None:
    text = expanded(seen, written)
    assert [part for part in parts if part not in text] == []


@pytest.mark.parametrize("written", BLOCKS)
def test_a_block_has_no_empty_line_that_would_end_it_in_markdown(
    seen: Edition, written: str
) -> None:
    assert "\n\n" not in expanded(seen, written)


def test_every_name_is_held_by_these_tests() -> None:
    named = {name for text in (*INLINE, *FIGURES, *BLOCKS) for name in re.findall(r"{ (\w+)", text)}
    assert set(NAMES) - named <= {"breakdown"}  # has tests of its own


def test_titles_stand_escaped(seen: Edition) -> None:
    assert "&lt;b&gt;&amp;" in expanded(seen, '{{ activity("odd") }}')
    assert "<b>" not in expanded(seen, '{{ member("zhangsan", "<b>x</b>") }}')
    assert "<script" not in expanded(seen, '{{ pull_quote("<script>") }}')


# What is left alone


UNTOUCHED = (
    '`{{ member("nobody") }}`',
    '``{{ member("nobody") }} ` ``',
    '```\n{{ member("nobody") }}\n```\n',
    '```jinja title="x"\n\n{{ member("nobody") }}\n\n```\n',
    "~~~~\n```\n{{ nothing }}\n~~~~\n",
    "{% for one in x %}{% endfor %}",
    "{# 批注 #}",
    "{ { member } }",
)


@pytest.mark.parametrize("text", UNTOUCHED)
def test_code_statements_and_loose_braces_are_left_as_they_are(seen: Edition, text: str) -> None:
    assert expanded(seen, f"前\n\n{text}\n\n后") == f"前\n\n{text}\n\n后"


def test_what_follows_code_is_read_again(seen: Edition) -> None:
    text = '```\n{{ x }}\n```\n\n{{ member("zhangsan") }} `{{ y }}` {{ member("lisi") }}'
    shown = expanded(seen, text)
    assert "张三" in shown
    assert "李四" in shown


def test_a_lone_backtick_does_not_swallow_the_next_paragraph(seen: Edition) -> None:
    assert "张三" in expanded(seen, '一个 ` 号\n\n{{ member("zhangsan") }}\n\n又一个 ` 号')


# What is refused


@pytest.mark.parametrize(
    ("written", "near"),
    [
        ('{{ member("zhangsna") }}', "zhangsan"),
        ('{{ member("zhang-san") }}', "zhangsan"),
        ('{{ figure("building") }}', "buildings"),
        ('{{ figure("item:东瓜") }}', "item:冬瓜"),
        ('{{ activity("firstday") }}', "first-day"),
        ('{{ donation("melon") }}', "melons"),
        ('{{ story("thumb-up") }}', "thumbs-up"),
        ('{{ photo("patrl") }}', "patrol"),
        ('{{ day("2020-03-03") }}', "2020-03-04"),
        ('{{ membr("zhangsan") }}', "member"),
        ('{{ count("member") }}', "members"),
    ],
)
def test_what_is_not_there_is_refused_with_what_may_be_meant(
    seen: Edition, written: str, near: str
) -> None:
    problem = refusal(seen, written)
    if written == '{{ day("2020-03-03") }}':  # several days are as near
        assert re.search("是不是 “2020-03-0[0-9]”？", problem.hint("zh"))
        return
    assert f"是不是 “{near}”？" in problem.hint("zh")
    assert f"Did you mean “{near}”?" in problem.hint("en")


def test_what_is_like_nothing_is_refused_without_a_guess(seen: Edition) -> None:
    problem = refusal(seen, '{{ member("qqqqqqqq") }}')
    assert "没有 “qqqqqqqq”" in problem.message("zh")
    assert problem.hint("zh") == "写法见 docs/contributing/expressions.md。"


def test_line_and_column_are_those_of_the_braces(seen: Edition) -> None:
    place = refusal(seen, '一\n\n二三{{ member("zhangsan") }}，{{ member("x") }}。\n').place
    assert (place.line, place.column, place.length) == (3, 28, len('{{ member("x") }}'))
    assert place.stated == '二三{{ member("zhangsan") }}，{{ member("x") }}。'


def test_every_mistake_of_a_page_is_reported(seen: Edition) -> None:
    _, problems, *_ = expand("{{ a() }}\n{{ b() }}\n", "docs/x.md", "x.html", seen)
    assert [one.place.line for one in problems] == [1, 2]


SYNTAX = (
    '{{ member("zhangsan") }',
    '{{ member("zhangsan")\n\n一段话\n',
    "{{ member('zhangsan' }}",
    '{{ member("zhangsan }}',
    "{{ member(“zhangsan”) }}",
    '{{ member（"zhangsan"） }}',
    "{{ }}",
    "{{ member zhangsan }}",
    "{{ member('zhangsan'))) }}",
    '{{ member("zhangsan") % }}',
)


@pytest.mark.parametrize("written", SYNTAX)
def test_a_slip_of_the_pen_is_refused_in_its_place(seen: Edition, written: str) -> None:
    assert refusal(seen, f"一\n{written}").place.line == 2


def test_a_name_without_brackets_is_refused(seen: Edition) -> None:
    assert "hero()" in refusal(seen, "{{ hero }}").message("zh")


@pytest.mark.parametrize(
    "written",
    [
        "{{ member() }}",
        '{{ member("a", "b", "c") }}',
        '{{ day(day="2020") }}',
        '{{ count("members", batch="first", batch="second") }}',
        '{{ member(*"a") }}',
        '{{ member(**"a") }}',
    ],
)
def test_wrong_arguments_are_refused(seen: Edition, written: str) -> None:
    assert "Expressions." not in refusal(seen, written).message("zh")


FORBIDDEN = (
    "''.__class__",
    "''.__class__.__mro__[1].__subclasses__()",
    "().__class__.__bases__",
    "figure.__func__.__globals__",
    "figure.__self__._view",
    "figure.__self__._view.archive",
    "member('zhangsan').__class__",
    "''['__class__']",
    "''|attr('__class__')",
    "'%s'.format",
    "'{0.__class__}'.format(figure)",
    "self",
    "range(10)",
    "lipsum(n=1000000)",
    "dict(a=1)",
    "cycler.__init__.__globals__",
    "namespace()",
    "joiner()",
    "config",
    "[member]",
    "{'a': 1}",
    "(1, 2)",
    "1 + 1",
    "not 1",
    "1 if 1 else 2",
    "'a' ~ 'b'",
    "'a' in 'ab'",
    "'a' is defined",
    "-1",
    "0",
    "none",
    "true",
    "member",
    # These would never end, or take all memory.
    "9**9**9",
    "'a' * 10**10",
    "'a'.ljust(10**10)",
    "'%9999999999d'|format(1)",
    "'a'|center(10000000000)",
    "'a'|indent(10000000000)",
    "member('zhangsan', 'a' * 10**10)",
    "(" * 200 + "1" + ")" * 200,
    "[" * 240 + "]" * 240,
    "member(" * 60 + ")" * 60,
    "a" * 495 + "()",
    "pull_quote('" + "x" * 600 + "')",
)


@pytest.mark.parametrize("source", FORBIDDEN, ids=lambda source: source[:40])
def test_nothing_but_the_names_can_be_reached_and_nothing_is_computed(
    seen: Edition, source: str
) -> None:
    refusal(seen, f"{{{{ {source} }}}}")


def test_the_length_of_an_expression_is_bounded(seen: Edition) -> None:
    shown = refusal(seen, "{{ pull_quote('" + "x" * 600 + "') }}")
    assert "太长" in shown.message("zh")
    assert "too long" in shown.message("en")


def test_braces_that_are_not_closed_do_not_swallow_the_next_expression(seen: Edition) -> None:
    text, problems, *_ = expand('{{ x } {{ member("lisi") }}', "docs/x.md", "x.html", seen)
    assert "李四" in text
    assert [one.place.column for one in problems] == [1]
    assert "}} is missing" in problems[0].message("en")


def test_braces_that_are_never_closed_end_the_search_soon(seen: Edition) -> None:
    _, problems, *_ = expand("{{ " * 20_000, "docs/x.md", "x.html", seen)
    assert len(problems) == 20_000


def test_many_loose_backticks_end_the_search_soon(seen: Edition) -> None:
    text = "`a ``b " * 5_000
    expand(text, "docs/x.md", "x.html", seen)


def test_every_page_of_the_archive_is_checked(tmp_path: Path) -> None:
    from generator.checking import check
    from generator.commands.common import settings_for

    pages = {
        "docs/deep/er/page.md": '{{ member("x") }}',
        "docs/contributing/guide.md": '{{ member("not published") }}',
        "docs/picture.txt": "{{ no page }}",
    }
    root = write_archive(tmp_path, {**FILES, **pages, "photos/patrol.jpg": b""})
    problems = check(settings_for(root)).problems
    # An unreadable photograph is reported first; pages are checked once the records stand.
    assert [one.code.id for one in problems if one.severity == "error"] == ["IMG001"]
    (root / "records" / "activities" / "patrol.yml").unlink()
    (root / "records" / "archive.yml").write_text(SMALL["records/archive.yml"], encoding="utf-8")
    problems = check(settings_for(root)).problems
    wrong = [one for one in problems if one.severity == "error"]
    assert [(one.code.id, one.place.path) for one in wrong] == [("EXP001", "docs/deep/er/page.md")]
