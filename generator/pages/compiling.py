"""Templates to Python as Jinja does it, but with plain calls.

Jinja asks of everything that a template calls whether it wants the template's context first.
Nothing that these templates call does, and they call some fifty things on every page; a test holds
that pages are the same with Jinja's own compiler.
"""

from keyword import iskeyword

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame


class PlainCalls(CodeGenerator):
    """Jinja's compiler, which writes `f(a, b=c)` for what a template writes so."""

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
