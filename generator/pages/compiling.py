"""Templates to Python as Jinja does it, but with plain calls, and escaping only what needs it.

Jinja asks of everything that a template calls whether it wants the template's context first, and of
everything that it takes an attribute of whether it has an item of that name instead. Nothing that
these templates use does or has, and they do so some hundred times on every page. It also makes
`Markup` of every piece that is printed, some eighty on a page, only to join them to a text. A test
holds that pages are the same with Jinja's own compiler.
"""

import re
from collections.abc import Callable
from functools import partial
from keyword import iskeyword
from typing import Any

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.utils import missing
from markupsafe import Markup, escape

_MEANING = re.compile("[&<>'\"]")
_markup: Callable[[str], Markup] = partial(str.__new__, Markup)


class PlainCalls(CodeGenerator):
    """Jinja's compiler, which writes `f(a, b=c)` and `a.b` for what a template writes so."""

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        """A call; one with a block, with `*` or with an argument such as `class=` as Jinja does."""
        starred = node.dyn_args is not None or node.dyn_kwargs is not None
        if forward_caller or starred or any(iskeyword(one.key) for one in node.kwargs):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(")(")
        for one in (*node.args, *node.kwargs):
            self.visit(one, frame)
            self.write(", ")
        self.write(")")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        """An attribute; one that is not there is a fault."""
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """A macro, without what only those have that take `*`, `**` or a block."""
        names = tuple(one.name for one in macro_ref.node.args)
        self.write(f"environment.macro(macro, {names!r})")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        """What comes before a value that is printed: `escaped(` instead of `escape(`."""
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.escaped(")


class Templates(Environment):
    """Templates compiled so."""

    code_generator_class = PlainCalls

    @staticmethod
    def escaped(value: object) -> str:
        """A value as it stands in HTML."""
        if type(value) is Markup or (type(value) is str and not _MEANING.search(value)):
            return value
        return escape(value)

    @staticmethod
    def macro(function: Callable[..., str], names: tuple[str, ...]) -> Callable[..., Markup]:
        """A macro of those parameters, as templates call it; `function` has their defaults."""

        def called(*given: Any, **named: Any) -> Markup:
            for name in names[len(given) :]:
                given += (named.pop(name, missing),)
            return _markup(function(*given, **named))

        return called
