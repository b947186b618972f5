"""Evaluates one expression of a hand-written page in Jinja's sandbox.

Enter: what stands between `{{` and `}}`, and the names that it may use. Leave: HTML. Raises
`ExpressionError` for whatever is more than names, brackets and texts. Jinja reads the expression
and says which calls are safe; as nothing but calls is left to do, no code is made of it.
"""

import re
from functools import cache
from typing import Any

from jinja2 import StrictUndefined, TemplateSyntaxError, UndefinedError, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import escape

from generator.pages.narrative.options import ExpressionError
from generator.values.identifiers import closest

_LONGEST_EXPRESSION = 500
_UNKNOWN_NAME = re.compile(r"'(\w+)' is undefined")


@cache
def _sandbox() -> SandboxedEnvironment:
    sandbox = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    sandbox.globals.clear()  # range, lipsum and their like
    return sandbox


def evaluate(source: str, names: dict[str, object]) -> str:
    """The HTML that an expression stands for, escaped unless it is `Markup`."""
    if len(source) > _LONGEST_EXPRESSION:
        raise ExpressionError("表达式太长 the expression is too long")
    try:
        value = _value(_parsed(source), names)
    except (TemplateSyntaxError, SecurityError) as fault:
        raise ExpressionError(str(fault)) from fault
    except UndefinedError as fault:
        unknown = _UNKNOWN_NAME.search(str(fault))
        near = closest(unknown[1], sorted(names)) if unknown else None
        raise ExpressionError(str(fault), near) from fault
    except (TypeError, ValueError, ArithmeticError, AttributeError, KeyError) as fault:
        if isinstance(fault, ExpressionError):
            raise
        raise ExpressionError(str(fault).replace("Expressions.", "")) from fault
    except RecursionError as fault:
        raise ExpressionError("括号太多 too many brackets") from fault
    if not isinstance(value, str):
        raise ExpressionError(
            f"{source.strip()} 不是文字；名字后面要有括号 write {source.strip()}()"
        )
    return str(escape(value))


def _parsed(source: str) -> nodes.Node:
    """Refuse all but names, calls and texts: `9**9**9` or `"a".ljust(10**9)` would never end."""
    template = _sandbox().parse(f"{{{{ {source} }}}}")
    for node in template.find_all(nodes.Expr):
        if isinstance(node, nodes.Getattr):
            raise ExpressionError(f"access to attribute {node.attr!r} is unsafe")
        if not isinstance(node, nodes.Call | nodes.Name | nodes.Const):
            raise ExpressionError(
                "只能写一个名字和括号里的文字 only a name, and texts in its brackets"
            )
    (output,) = template.body
    (expression,) = output.iter_child_nodes()
    return expression


def _value(node: nodes.Node, names: dict[str, object]) -> object:
    """What a permitted expression comes to; a name that is none raises when it is called."""
    if isinstance(node, nodes.Const):
        return node.value
    if isinstance(node, nodes.Name):
        return names[node.name] if node.name in names else StrictUndefined(name=node.name)
    if not isinstance(node, nodes.Call) or node.dyn_args or node.dyn_kwargs:
        raise ExpressionError("括号里不能写星号 no asterisk in the brackets")
    called: Any = _value(node.node, names)
    arguments = [_value(one, names) for one in node.args]
    named = {one.key: _value(one.value, names) for one in node.kwargs}
    if len(named) < len(node.kwargs):
        raise ExpressionError("同一个选项写了两次 an option is given twice")
    if not isinstance(called, StrictUndefined) and not _sandbox().is_safe_callable(called):
        raise SecurityError(f"{called!r} is not safely callable")
    return called(*arguments, **named)
