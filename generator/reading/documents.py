"""From YAML text to plain values, and from a path of keys back to line and column.

Enter: the text of one file. Leave: a `Document` whose scalars are strings exactly as written (the
type of a field decides, after the YAML 1.2 core schema, section 10.3), or `None` where nothing was
written; and problems YML001-YML009. Never runs anything that a file says: tags are refused, aliases
are shared and bounded, and depth and size are limited before values are walked.
"""

import operator
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import yaml

from generator.problems.catalogue import YML001, YML002, YML004, YML005, YML006, YML009
from generator.problems.problem import Bilingual, Code, Place, Problem, in_both, problem
from generator.reading.diagnosis import (
    BRACKETS,
    WIDE_SPACES,
    Slip,
    diagnose,
    explain,
    half_width,
    is_bracketed,
    no_space_after_dash,
    opening_bracket,
    swallowed_field,
)
from generator.reading.limits import CHARACTERS_A_NODE, DEEPEST_NESTING, MOST_NODES

_MOST_PROBLEMS = 20  # in one file; a broken file need not fill the screen
_NESTING = in_both("what", Bilingual("嵌套层数", "nesting is"))
_VALUES = in_both("what", Bilingual("内容", "the number of values is"))
_MANY_OPENINGS = 500  # below this the parser's own recursion is safe on any stack

Value = str | None | list["Value"] | dict[str, "Value"]
Location = Sequence[str | int]

_Scalar = yaml.ScalarNode
_Parser: type = getattr(getattr(yaml, "cyaml", None), "CParser", yaml.SafeLoader)
_EMPTY = frozenset({"", "~", "null", "Null", "NULL"})
_WIDE_COMMA = re.compile("[，、]")
_CONTROL = "[^\\t\\n\\r\\x20-\\x7e\\x85\\xa0-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]"
_TAG_OF: dict[type[yaml.Node], str] = {
    yaml.ScalarNode: "tag:yaml.org,2002:str",
    yaml.SequenceNode: "tag:yaml.org,2002:seq",
    yaml.MappingNode: "tag:yaml.org,2002:map",
}
_ORDINARY_TAGS = frozenset({*_TAG_OF.values(), "tag:yaml.org,2002:null"})


class _CoreLoader(_Parser):  # type: ignore[misc]
    """The C parser with every implicit type removed: what a person wrote stays what it is.

    It only composes nodes: nothing of it constructs a value.
    """

    def resolve(self, kind: type[yaml.Node], value: object, implicit: object) -> str:
        """The tag of a node that has none: that of its kind of node, whatever it says."""
        return _TAG_OF[kind]

    # Called before and after every node; there are no rules by path to prepare. Compiled functions
    # that do nothing take a fifth less of all parsing than methods that do nothing.
    descend_resolver = staticmethod(operator.is_)
    ascend_resolver = staticmethod(tuple)


@dataclass(frozen=True, slots=True)
class Document:
    """One file that could be read: `path` as shown in problems, its text and its values."""

    path: str
    text: str
    values: dict[str, Value]

    def place(self, location: Location, *, key: bool = False) -> Place:
        """Line and column (1-based) of the value at `location`, or of its key.

        Parts of `location` that lead nowhere are passed over, so that a missing field is placed at
        the mapping that lacks it.
        """
        return _place(self.path, self.text, _node_at(_compose(self.text), location, key=key))

    def line_place(self, line: int, column: int, length: int = 1) -> Place:
        """A place by numbers, with the line it stands in."""
        return _line_place(self.path, self.text, line, column, length)


def parse(text: str, path: str) -> tuple[Document | None, tuple[Problem, ...]]:
    """The document of one file; `None` with at least one error when no record can be made of it."""
    try:
        too_deep = _too_deep(text)
        if too_deep is not None:
            place = _line_place(path, text, *too_deep, 1)
            return None, (problem(YML004, place, limit=DEEPEST_NESTING, **_NESTING),)
        root = _compose(text)
    except yaml.MarkedYAMLError as fault:
        return None, (_syntax_problem(text, path, fault),)
    except (yaml.YAMLError, RecursionError, ValueError) as fault:
        zh, en = explain(_short(fault))
        place = _place_of_control_character(path, text)
        return None, (problem(YML001, place, detail_zh=zh, detail_en=en),)
    if not isinstance(root, yaml.MappingNode):
        found = Bilingual("空文件", "nothing") if root is None else _name_of(root)
        place = Place(path) if root is None else _place(path, text, root)
        wrong = diagnose(text, place.line)
        if wrong is not None and root is not None:
            code, line, column, length, words = wrong
            return None, (problem(code, _line_place(path, text, line, column, length), **words),)
        return None, (problem(YML009, place, **in_both("found", found)),)
    reader = _Values(path, text)
    values = reader.mapping(root, depth=1)
    if reader.refused:
        return None, tuple(reader.problems)
    return Document(path, text, values), tuple(reader.problems)


class _Values:
    """Turns nodes into plain values; collects problems instead of raising."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self.problems: list[Problem] = []
        self.refused = False
        self.weight = 0
        self.made: dict[int, tuple[Value, int]] = {}
        self.open: set[int] = set()

    def value(self, node: yaml.Node, depth: int) -> Value:
        """The value of a node, shared when an alias names it again."""
        if isinstance(node, _Scalar):
            text: str = node.value
            self.weight += 1 + len(text) // CHARACTERS_A_NODE
            if node.tag not in _ORDINARY_TAGS:
                self._refuse(node, YML005, tag=node.tag)
            return None if not node.style and text in _EMPTY else text
        if id(node) in self.made:
            known, weight = self.made[id(node)]
            self.weight += weight
            self._check_weight(node)
            return known if self.weight <= MOST_NODES else None
        if id(node) in self.open or depth > DEEPEST_NESTING:
            self._refuse(node, YML004, limit=DEEPEST_NESTING, **_NESTING)
            return None
        return self._collection(node, depth)

    def _collection(self, node: yaml.Node, depth: int) -> Value:
        before = self.weight
        self.open.add(id(node))
        made: Value
        if isinstance(node, yaml.SequenceNode):
            self.weight += 1
            self._check_tag(node)
            made = [self.value(item, depth + 1) for item in node.value]
            if node.flow_style and self.weight <= MOST_NODES:
                self._check_commas(node)
        else:
            made = dict(self.mapping(node, depth + 1))
        self.open.discard(id(node))
        self.made[id(node)] = (made, self.weight - before)
        self._check_weight(node)
        return made

    def mapping(self, node: yaml.Node, depth: int) -> dict[str, Value]:
        """The fields of a mapping; a key given twice keeps its first value (YML002)."""
        self.weight += 1
        self._check_tag(node)
        fields: dict[str, Value] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, _Scalar):
                self._refuse(key_node, YML009, **in_both("found", _name_of(key_node)))
                continue
            key: str = key_node.value
            if key in fields:
                first = next(one for one, _ in node.value if one.value == key)
                self._refuse(key_node, YML002, key=key, first=first.start_mark.line + 1)
                continue
            if key[:1] in WIDE_SPACES:
                self._slip(key_node.start_mark.line, swallowed_field)
            if isinstance(value_node, _Scalar) and not value_node.style:
                self._check_plain(key_node, value_node)
            fields[key] = self.value(value_node, depth)
        self._check_weight(node)
        return fields

    def _check_weight(self, node: yaml.Node) -> None:
        if self.weight > MOST_NODES and not self.refused:
            self._refuse(node, YML004, limit=MOST_NODES, **_VALUES)

    def _check_commas(self, node: yaml.SequenceNode) -> None:
        """`[lihui，liaison]` is one entry to YAML, and two to whoever wrote it (YML006)."""
        for item in node.value:
            if isinstance(item, _Scalar) and not item.style:
                comma = _WIDE_COMMA.search(item.value)
                if comma is not None:
                    mark = item.start_mark
                    place = self._at(mark.line + 1, mark.column + comma.start() + 1)
                    words = {"wanted": ",", "suggestion": half_width(place.stated)}
                    self._report(problem(YML006, place, found=comma[0], **words))

    def _check_plain(self, key: yaml.Node, value: yaml.Node) -> None:
        """Text that was meant as structure: lists and fields typed with the wrong characters."""
        first, last, text = value.start_mark.line, value.end_mark.line, value.value
        if first < key.start_mark.line:
            return  # an alias: its text was looked at where it stands
        if text[:1] in BRACKETS and is_bracketed(text):
            self._slip(first, opening_bracket)
        if first > key.start_mark.line and text.startswith("-"):
            self._slip(first, no_space_after_dash)
        for line in range(first + 1, last + 1):
            self._slip(line, swallowed_field)

    def _slip(self, line: int, recognise: Callable[[str], Slip | None]) -> None:
        """Report what `recognise` sees in a line (0-based)."""
        slip = recognise(self._at(line + 1, 1).stated)
        if slip is not None:
            code, column, _, words = slip
            self._report(problem(code, self._at(line + 1, column), **words))

    def _at(self, line: int, column: int) -> Place:
        return _line_place(self.path, self.text, line, column, 1)

    def _report(self, found: Problem) -> None:
        self.refused = self.refused or found.code is not YML002
        if len(self.problems) < _MOST_PROBLEMS:
            self.problems.append(found)

    def _check_tag(self, node: yaml.Node) -> None:
        if node.tag not in _ORDINARY_TAGS:
            self._refuse(node, YML005, tag=node.tag)

    def _refuse(self, node: yaml.Node, code: Code, **words: object) -> None:
        self._report(problem(code, _place(self.path, self.text, node), **words))


def _too_deep(text: str) -> tuple[int, int] | None:
    """Line and column where nesting is too deep; looked for only in a text with many openings.

    The C parser composes by recursion: a hundred thousand brackets would overflow its stack and end
    the process. Its events come one by one. Nesting by indentation alone cannot go that deep in a
    file of the largest size.
    """
    if sum(text.count(opening) for opening in "[{-?") < _MANY_OPENINGS:
        return None
    loader = _CoreLoader(text)
    depth = 0
    try:
        while loader.check_event():
            event = loader.get_event()
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                mark = event.start_mark
                if depth > DEEPEST_NESTING + 1 and mark is not None:
                    return mark.line + 1, mark.column + 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
        return None
    finally:
        loader.dispose()


@lru_cache(maxsize=2)
def _compose(text: str) -> yaml.Node | None:
    """The nodes of a text; those of the last two are kept, since problems come several a file."""
    loader = _CoreLoader(text)
    try:
        node: yaml.Node | None = loader.get_single_node()
        return node
    finally:
        loader.dispose()


def _node_at(root: yaml.Node | None, location: Location, *, key: bool) -> yaml.Node | None:
    node = root
    for number, part in enumerate(location):
        last = number == len(location) - 1
        if isinstance(node, yaml.SequenceNode):
            if isinstance(part, int) and part < len(node.value):
                node = node.value[part]
            continue
        for own_part, key_node, child in _children(node):
            if own_part == part:
                node = key_node if last and key else child
                break
    return node


def _children(node: yaml.Node | None) -> Iterator[tuple[str, yaml.Node, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        for key_node, child in node.value:
            yield key_node.value, key_node, child


def _place(path: str, text: str, node: yaml.Node | None) -> Place:
    if node is None:
        return Place(path)
    start, end = node.start_mark, node.end_mark
    if isinstance(node, yaml.MappingNode):
        end = node.value[0][0].end_mark if node.value else end
    length = end.column - start.column if end.line == start.line else 1
    return _line_place(path, text, start.line + 1, start.column + 1, max(1, length))


def _line_place(path: str, text: str, line: int, column: int, length: int) -> Place:
    lines = _lines(text)
    line = min(max(1, line), len(lines))
    stated = lines[line - 1]
    return Place(path, line, min(max(1, column), len(stated) + 1), length, stated)


@lru_cache(maxsize=2)
def _lines(text: str) -> list[str]:
    return text.split("\n")


def _place_of_control_character(path: str, text: str) -> Place:
    """The first character that YAML does not allow anywhere (section 5.1), or the file's start."""
    match = re.search(_CONTROL, text)  # compiled where it is needed: that takes a while
    if match is None:
        return Place(path)
    line = text.count("\n", 0, match.start()) + 1
    column = match.start() - (text.rfind("\n", 0, match.start()) + 1) + 1
    return Place(path, line, column)


def _syntax_problem(text: str, path: str, fault: yaml.MarkedYAMLError) -> Problem:
    says = fault.problem or _short(fault)
    # What was never closed is found at the end; what has to be mended is where it was opened.
    unclosed = "end of stream" in says or "expected ',' or" in says
    mark = (fault.context_mark if unclosed else None) or fault.problem_mark or fault.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    better = diagnose(text, line)
    if better is not None:
        code, line, column, length, words = better
        return problem(code, _line_place(path, text, line, column, length), **words)
    zh, en = explain(says)
    return problem(YML001, _line_place(path, text, line, column, 1), detail_zh=zh, detail_en=en)


def _name_of(node: yaml.Node) -> Bilingual:
    if isinstance(node, yaml.SequenceNode):
        return Bilingual("列表", "a list")
    text = isinstance(node, yaml.ScalarNode)
    return Bilingual("一段文字", "text") if text else Bilingual("一组字段", "fields")


def _short(fault: BaseException) -> str:
    return str(fault).split("\n", 1)[0][:120] or type(fault).__name__
