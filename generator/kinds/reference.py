"""The contributor docs' reference pages, generated from what the program itself validates with.

Enter: the record kinds' models, and the codes of every floor. Leave: two Markdown texts, one that
lists each field of each kind and one that explains each problem, in Chinese and English. The same
models and codes give the same text. Never touches the disk.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from types import MappingProxyType, NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from generator.kinds.fields import (
    Amount,
    ClockTime,
    Date,
    Fraction,
    Identifier,
    Identifiers,
    Line,
    Lines,
    Markdown,
    Record,
)
from generator.kinds.registry import ARCHIVE, KINDS, Kind
from generator.kinds.validation import meaning_of, models_in
from generator.problems.problem import Bilingual, Code, Language, Severity, near_words
from generator.values.dates import date_in_words, parse_date
from generator.values.quantities import parse_quantity, quantity_in_words

RECORDS_PAGE, PROBLEMS_PAGE = "records.md", "problems.md"
FROM_THE_FILE = ("id", "path")
"""Fields of a record that no person writes: the file's name and place give them."""

_NOTICE = "<!-- 由 `chronicle reference` 生成，请勿手改。 Generated; do not edit. -->"
_FORMS: tuple[tuple[Any, Bilingual, Bilingual], ...] = (
    (
        Date,
        Bilingual("日期", "date"),
        Bilingual("EDTF（ISO 8601-2），见下表", "EDTF (ISO 8601-2), see the table below"),
    ),
    (
        Amount,
        Bilingual("数量", "quantity"),
        Bilingual(
            "见下表；也可写成 `{value: 900, qualifier: at_least}`",
            "see the table below; or `{value: 900, qualifier: at_least}`",
        ),
    ),
    (
        Line,
        Bilingual("文字", "text"),
        Bilingual("一行，至多 300 字", "one line, at most 300 characters"),
    ),
    (
        Markdown,
        Bilingual("长文", "Markdown"),
        Bilingual(
            "`|` 后另起几行，可用 Markdown", "after `|` on lines of their own; may use Markdown"
        ),
    ),
    (
        Identifier,
        Bilingual("编号", "id"),
        Bilingual("小写字母、数字和连字符", "lower-case letters, digits and hyphens"),
    ),
    (
        Lines,
        Bilingual("文字列表", "texts"),
        Bilingual(
            "`[一, 二]`；只有一项可不写括号", "`[one, two]`; brackets are optional around one"
        ),
    ),
    (
        Identifiers,
        Bilingual("编号列表", "ids"),
        Bilingual("`[lihui, liaison]`；只有一项可不写括号", "likewise, of ids"),
    ),
    (
        ClockTime,
        Bilingual("时刻", "time"),
        Bilingual("24 小时制，`19:30`", "of 24 hours, `19:30`"),
    ),
    (Fraction, Bilingual("比例", "fraction"), Bilingual("0 到 1 的数", "a number from 0 to 1")),
    (bool, Bilingual("是否", "yes or no"), Bilingual("`true` 或 `false`", "`true` or `false`")),
)
_NUMBER = Bilingual("数", "number")
_LIMITS = MappingProxyType(
    {"gt": "> {}", "ge": "≥ {}", "lt": "< {}", "le": "≤ {}", "max_length": "≤ {} 字 characters",
     "min_length": "≥ {} 项 entries", "pattern": "`{}`"}
)  # fmt: skip
_DATES = (
    "2020-03-04", "2020-03", "2020", "2020-03-XX", "2020-03-04~", "2020-03-04?",
    "2020-02-29/2020-03-31", "[2020-03-01..2020-03-31]", "[2020-03-04,2020-03-06]",
)  # fmt: skip
_QUANTITIES = (
    "406", "25,600", "1.3万", "约700", "8000多", "900余", "20余万", "至少900", "900以上", "近100",
    "至多100", "400-500", "约400-500",
)  # fmt: skip
_SEVERITIES = MappingProxyType(
    {
        Severity.ERROR: Bilingual("错误", "error"),
        Severity.WARNING: Bilingual("警告", "warning"),
        Severity.NOTE: Bilingual("提示", "note"),
    }
)


def reference_files(codes: Iterable[Code]) -> Iterator[tuple[str, str]]:
    """The name and text of each generated page; `codes` are those of every floor."""
    yield RECORDS_PAGE, records_reference()
    yield PROBLEMS_PAGE, problems_reference(codes)


# Records -----------------------------------------------------------------------------------------


def records_reference() -> str:
    """A table of fields for every record kind, and for every group of fields inside them."""
    kinds = (*KINDS, ARCHIVE)
    lines = [
        "# 记录的字段 Fields of records",
        "",
        _NOTICE,
        "",
        "每条记录一个文件，文件名去掉 `.yml` 就是编号，也是网址的一部分。没有列出的字段不收（FLD002）。"
        "词表（`tasks`、`measures` 等）写在 `records/archive.yml` 里。",
        "",
        "One file per record; the file's name without `.yml` is its id and part of its address. Fields"
        " not listed are refused (FLD002). Vocabularies (`tasks`, `measures`, …) are in"
        " `records/archive.yml`.",
        "",
        *(
            f"- [{kind.label.zh} {kind.label.en}](#kind-{kind.name}): `{_place(kind)}`"
            for kind in kinds
        ),
        "- [字段组 Groups of fields](#parts)",
        "- [写法 Forms](#forms)",
    ]
    parts: dict[type[BaseModel], None] = {}
    for kind in kinds:
        lines += _kind_section(kind)
        parts |= dict.fromkeys(_parts_of(kind.model))
    lines += ["", '<a id="parts"></a>', "", "## 记录里的字段组 Groups of fields inside records"]
    for part in parts:
        lines += _part_section(part)
    return "\n".join((*lines, *_forms_section(), ""))


def fields_of(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """The fields that a person writes, the kind's own before those that all records have."""
    if not issubclass(model, Record):
        return dict(model.model_fields)
    fields = {n: f for n, f in model.model_fields.items() if n not in FROM_THE_FILE}
    return dict(sorted(fields.items(), key=lambda item: item[0] in Record.model_fields))


def _place(kind: Kind) -> str:
    return f"records/{kind.folder}/**/*.yml" if kind.folder else "records/archive.yml"


def _kind_section(kind: Kind) -> Iterator[str]:
    yield from ("", f'<a id="kind-{kind.name}"></a>', "")
    yield from (
        f"## {kind.label.zh} {kind.label.en}",
        "",
        f"`{_place(kind)}` · {_summary(kind.model)}",
        "",
    )
    yield from _table(kind.model)
    codes = ", ".join(f"[{code.id}]({PROBLEMS_PAGE}#{code.id})" for code in kind.codes)
    yield from ("", f"自己的问题编号 codes of its own: {codes}")


def _part_section(model: type[BaseModel]) -> Iterator[str]:
    yield from ("", f'<a id="part-{_part_name(model)}"></a>', "")
    yield from (f"### {_part_name(model)}", "", _summary(model), "", *_table(model))


def _part_name(model: type[BaseModel]) -> str:
    """`unit-term` for `UnitTerm`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", model.__name__).lower()


def _summary(model: type[BaseModel]) -> str:
    return (model.__doc__ or "").strip().split("\n")[0]


def _parts_of(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """The models inside a model, each before what is inside it."""
    for field in fields_of(model).values():
        for part in models_in(field.annotation):
            yield part
            yield from _parts_of(part)


def _table(model: type[BaseModel]) -> Iterator[str]:
    hints = get_type_hints(model, include_extras=True)
    yield "| 字段 field | 必填 required | 写法 form | 意思 | meaning |"
    yield "|---|---|---|---|---|"
    for name, field in fields_of(model).items():
        meaning = meaning_of(model, name)
        required = "是 yes" if field.is_required() else ""
        cells = (f"`{name}`", required, _written(hints[name], field), meaning["zh"], meaning["en"])
        yield f"| {' | '.join(map(_cell, cells))} |"


def _written(hint: Any, field: FieldInfo) -> str:
    """How the value of a field is written, with its limits and what holds when it is absent."""
    # What an Annotated alias brings along is part of the form; the rest was said of this field.
    own = () if get_origin(hint) is Annotated else field.metadata
    form = _within(_form(hint), own)
    default = None if field.is_required() else field.get_default()
    if default in (None, (), {}, False):
        return form
    shown = ", ".join(default) if isinstance(default, tuple) else str(default)
    return f"{form}；不写则 otherwise `{shown}`"


def _form(hint: Any) -> str:
    for alias, name, _ in _FORMS:
        if hint == alias:
            return f"{name.zh} {name.en}"
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return " / ".join(_form(one) for one in arguments if one is not NoneType)
    if origin is Annotated:
        return _within(_form(arguments[0]), arguments[1:])
    if origin is Literal:
        return ", ".join(f"`{one}`" for one in arguments)
    if origin is tuple:
        return _form_of_list(arguments)
    if origin is dict:
        return f"名称 name: {_form(arguments[1])}"
    return _form_of_class(hint)


def _form_of_list(arguments: tuple[Any, ...]) -> str:
    if arguments[-1] is Ellipsis:
        return f"列表 list: {_form(arguments[0])}"
    return f"[{', '.join(map(_form, arguments))}]"


def _form_of_class(kind: Any) -> str:
    if issubclass(kind, BaseModel):
        return f"[{_part_name(kind)}](#part-{_part_name(kind)})"
    name = _NUMBER if issubclass(kind, float | Decimal) else Bilingual("文字", "text")
    return f"{name.zh} {name.en}"


def _within(form: str, constraints: Iterable[Any]) -> str:
    limits = ", ".join(_limits(constraints))
    return f"{form} ({limits})" if limits else form


def _limits(constraints: Iterable[Any]) -> Iterator[str]:
    """What pydantic's constraints say, whether given singly or gathered in a `Field`."""
    for one in constraints:
        if isinstance(one, FieldInfo):
            yield from _limits(one.metadata)
            continue
        for name, words in _LIMITS.items():
            limit = getattr(one, name, None)
            if limit is not None:
                yield words.format(limit)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _forms_section() -> Iterator[str]:
    yield from ("", '<a id="forms"></a>', "", "## 写法 Forms", "")
    yield from ("| 写法 form | 怎样写 | how to write it |", "|---|---|---|")
    for _, name, how in _FORMS:
        yield f"| {name.zh} {name.en} | {_cell(how.zh)} | {_cell(how.en)} |"
    yield from ("", "### 日期 Dates", "", "| 写 written | 意思 | meaning |", "|---|---|---|")
    for text in _DATES:
        day = parse_date(text)
        yield f"| `{text}` | {date_in_words(day, 'zh')} | {date_in_words(day, 'en')} |"
    yield from ("", "### 数量 Quantities", "")
    yield "| 写 written | 意思 | meaning | 下限 lower | 上限 upper | 限定 qualifier |"
    yield "|---|---|---|---|---|---|"
    for text in _QUANTITIES:
        amount = parse_quantity(text)
        words = (quantity_in_words(amount, "zh"), quantity_in_words(amount, "en"))
        bounds = (_digits(amount.lower), "" if amount.upper is None else _digits(amount.upper))
        yield f"| {' | '.join((f'`{text}`', *words, *bounds, f'`{amount.qualifier}`'))} |"


def _digits(number: Decimal) -> str:
    """The number without an exponent or needless zeros: 13000 for 13000.0."""
    return f"{number.normalize():f}"


# Problems ----------------------------------------------------------------------------------------


def problems_reference(codes: Iterable[Code]) -> str:
    """Every code with its severity, what it says, why it exists and what to do."""
    listed = sorted(codes, key=lambda code: code.id)
    lines = [
        "# 问题编号 Problem codes",
        "",
        _NOTICE,
        "",
        "`chronicle check` 报告的每个问题都有编号，编号不会改作他用。有错误就不生成网站；"
        "警告请看一眼；提示只是提醒。‹ › 里的词随情形而变。",
        "",
        "Every finding of `chronicle check` has a code that is never used for anything else. An error"
        " keeps the site from being built; a warning deserves a look; a note is only a reminder."
        " Words in ‹ › depend on the case.",
        "",
        *_index(listed),
    ]
    for code in listed:
        lines += _code_section(code)
    return "\n".join((*lines, ""))


def _index(codes: Sequence[Code]) -> Iterator[str]:
    yield from ("| 编号 code | 程度 severity | 标题 | title |", "|---|---|---|---|")
    for code in codes:
        severity = _SEVERITIES[code.severity]
        words = f"{severity.zh} {severity.en} | {code.title.zh} | {code.title.en}"
        yield f"| [{code.id}](#{code.id}) | {words} |"


def _code_section(code: Code) -> Iterator[str]:
    severity = _SEVERITIES[code.severity]
    yield from ("", f'<a id="{code.id}"></a>', "")
    yield from (f"## {code.id} {code.title.zh} · {code.title.en}", "")
    yield from (f"{severity.zh} {severity.en}", "")
    yield from ("| | 中文 | English |", "|---|---|---|")
    for label, words in (
        ("说什么 message", code.message),
        ("怎么办 remedy", code.hint),
        ("为什么 why", code.why),
    ):
        if words.zh:
            yield f"| {label} | {_blank(words, 'zh')} | {_blank(words, 'en')} |"


def _blank(words: Bilingual, language: Language) -> str:
    """A sentence with its changing words shown as blanks to be filled."""
    shown = words.to(language).format_map(_Blanks(language)).replace("|", "\\|")
    return shown.strip()


class _Blanks(dict[str, str]):
    """Any name of a sentence, as a blank; a did-you-mean as its words."""

    def __init__(self, language: Language) -> None:
        case = {"zh": "视情形而定", "en": "depends on the case"}[language]
        remedies = {"remedy_zh": f"‹{case}›", "remedy_en": f"‹{case}›"}
        super().__init__(near_words("…") | remedies)

    def __missing__(self, name: str) -> str:
        return f"‹{name.removesuffix('_zh').removesuffix('_en')}›"
