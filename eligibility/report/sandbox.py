"""The language of own templates: Jinja without anything that reaches beyond the data and the page.

What a template may use is listed, never what it may not: a filter or attribute that a later Jinja brings is refused
until it is looked at.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from jinja2 import StrictUndefined, UndefinedError, nodes, pass_eval_context
from jinja2.environment import Template
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS
from jinja2.nodes import EvalContext
from jinja2.runtime import Context, LoopContext, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Cycler, Namespace, missing
from markupsafe import Markup

from eligibility.report.clean import clean_for_terminal, web_address
from eligibility.report.escaping import escaped
from eligibility.report.escaping import link as markdown_link
from eligibility.report.figures import figures
from eligibility.report.refused import Refused
from eligibility.words import Words

# fmt: off
_FILTERS = (
    "abs", "batch", "capitalize", "count", "d", "default", "dictsort", "e", "escape", "first", "groupby", "indent",
    "items", "join", "last", "length", "list", "lower", "map", "max", "min", "reject", "rejectattr", "replace",
    "reverse", "select", "selectattr", "slice", "sort", "string", "striptags", "sum", "title", "trim", "truncate",
    "unique", "upper", "wordcount",
)
_TEXT_METHODS = (
    "capitalize", "casefold", "count", "endswith", "find", "format", "index", "isdigit", "join", "lower", "lstrip",
    "removeprefix", "removesuffix", "replace", "rfind", "rstrip", "split", "splitlines", "startswith", "strip", "title",
    "upper", "zfill",
)
# fmt: on
_GLOBALS = ("cycler", "joiner", "namespace", "range")
_LOADING = (nodes.Extends, nodes.FromImport, nodes.Import, nodes.Include)
# They hand what is escaped already on as text, which would be escaped again: HTML marks such text, Markdown cannot.
_CAPTURING = (nodes.AssignBlock, nodes.Block, nodes.CallBlock, nodes.FilterBlock, nodes.Macro)
_READABLE: tuple[tuple[type, frozenset[str] | None], ...] = (
    (str, frozenset(_TEXT_METHODS)),
    (dict, frozenset({"get", "items", "keys", "values"})),
    (list, frozenset({"count", "index"})),
    (Cycler, frozenset({"current", "next", "reset"})),
    # All that is public: these hold values of the template itself.
    (LoopContext, None),
    (Namespace, None),
)


class NotThere(UndefinedError):
    """A name was used that its place does not have: `place` is the value it was looked up in, `missing` for none."""

    def __init__(self, name: str, place: object) -> None:
        super().__init__(name)
        self.name, self.place = name, place

    def refused(self, line: int, names: tuple[str, ...]) -> Refused:
        """Return what is to be told; `names` are those that may stand alone in the template."""
        if self.place is None:
            return Refused("template-in-null", line, name=self.name)
        if self.place is missing:
            return Refused("template-name", line, names, name=self.name)
        known = tuple(map(str, self.place)) if isinstance(self.place, dict) else ()
        return Refused("template-name", line, known, name=self.name)


class _Strict(StrictUndefined):
    """What is not there raises as soon as it is used, with the names that are there."""

    __slots__ = ()

    def __init__(
        self, hint: str | None = None, obj: Any = missing, name: Any = None, exc: Any = UndefinedError
    ) -> None:
        super().__init__(hint, obj, name, exc)
        if exc is UndefinedError:
            self._undefined_exception = lambda _: NotThere(str(name), obj)  # type: ignore[assignment]


class _Written(str):
    """Markdown that this program made; as soon as anything is done to it, it is a plain text again."""

    __slots__ = ()


class Sandbox(ImmutableSandboxedEnvironment):
    """The environment of an own template in one form (`markdown` or `html`) and language."""

    intercepted_binops = frozenset({"/", "**"})

    def __init__(self, form: str, words: Words) -> None:
        super().__init__(
            undefined=_Strict,
            autoescape=form == "html",
            finalize=_finalizer(form, words),
            trim_blocks=True,
            lstrip_blocks=True,
            optimized=False,
        )
        self.form = form
        self.filters = {name: FILTERS[name] for name in _FILTERS}
        self.filters |= {**figures(words), "link": _html_link if form == "html" else _markdown_link}
        self.globals = {name: self.globals[name] for name in _GLOBALS}

    def template(self, source: str, data: Mapping[str, object]) -> Template:
        """Return a template, compiled.

        Raises:
            Refused: it uses what it may not.
            TemplateSyntaxError: it is no template.
        """
        tree = self.parse(source)
        for node in tree.find_all(nodes.Node):
            self._check(node)
        known = {*data, *self.globals, *(one.name for one in tree.find_all(nodes.Name) if one.ctx != "load")}
        self.names = tuple(sorted(known | {one.name for one in tree.find_all(nodes.Macro)}))
        code = self.compile(tree)
        return Template.from_code(self, code, dict(self.globals))

    def _check(self, node: nodes.Node) -> None:
        line = node.lineno
        if isinstance(node, _LOADING):
            raise Refused("template-loads", line)
        if isinstance(node, nodes.EvalContextModifier):
            raise Refused("template-unescaped", line, what="autoescape")
        if self.form == "markdown" and (isinstance(node, _CAPTURING) or getattr(node, "recursive", False)):
            raise Refused("template-captures", line)
        if isinstance(node, nodes.Const) and isinstance(node.value, float):
            raise Refused("template-inexact", line, number=str(node.value))
        if isinstance(node, nodes.Filter) and node.name not in self.filters:
            code = "template-unescaped" if node.name == "safe" else "template-filter"
            raise Refused(code, line, tuple(sorted(self.filters)), what=node.name)
        if isinstance(node, nodes.Test) and node.name not in self.tests:
            raise Refused("template-test", line, tuple(sorted(self.tests)), what=node.name)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Allow what is listed for a type, and of that only what Jinja's own sandbox allows."""
        readable = next((names for kind, names in _READABLE if isinstance(obj, kind)), frozenset[str]())
        return (readable is None or attr in readable) and super().is_safe_attribute(obj, attr, value)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return a key of the data before a method of its name: `derived.x.values` is what the data says."""
        if isinstance(obj, dict) and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Divide exactly; a power of two numbers may be larger than any machine."""
        if operator == "**":
            raise SecurityError("**")
        if right == 0:
            raise ZeroDivisionError("division by zero")
        return Fraction(left) / right if isinstance(left, int) else left / right


def _finalizer(form: str, words: Words) -> Callable[[EvalContext, object], object]:
    """Return what makes text of each value that a template writes; what would only look like an answer is refused."""
    done, escape = (Markup, clean_for_terminal) if form == "html" else (_Written, escaped)

    # Asking for the context keeps Jinja from escaping what is constant before it comes here.
    @pass_eval_context
    def final(_: EvalContext, value: object) -> object:
        if isinstance(value, Undefined):
            return str(value)  # raises, with its name
        if isinstance(value, done):
            # Jinja's filter `escape` keeps control characters.
            return done(clean_for_terminal(value))
        if isinstance(value, Fraction):
            return escape(words.number(value))
        if isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool)):
            return escape(str(value))
        raise Refused("template-null" if value is None else "template-no-text")

    return final


def _html_link(text: str, url: str) -> Markup:
    address = web_address(url)
    shown = Markup.escape(clean_for_terminal(text))
    return shown if address is None else Markup('<a href="{}">{}</a>').format(address, shown)


def _markdown_link(text: str, url: str) -> _Written:
    return _Written(markdown_link(text, url))
