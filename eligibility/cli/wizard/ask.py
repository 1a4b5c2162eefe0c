"""The asker for a terminal: questionary's prompts, with what they lack (back, hints, wrapped text) put around them."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

import questionary
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Always
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent, merge_key_bindings
from prompt_toolkit.layout import Dimension, FormattedTextControl, HSplit, Layout, VerticalAlign, Window
from prompt_toolkit.output.defaults import create_output
from prompt_toolkit.styles import Style
from questionary.prompts.common import Choice, Separator

from eligibility.cli.entry import Answer, Suggestion
from eligibility.cli.wizard.asker import Command, Heading, Option, Screen, Typed
from eligibility.cli.wizard.lines import Line, key_lines, label_lines, pages, screen_lines
from eligibility.values.spelling import unified
from eligibility.words import Words

_STYLE = Style.from_dict(
    {
        "heading": "bold",
        "error": "bold ansired",
        "notice": "ansigreen",
        "pointer": "bold",
        "highlighted": "bold",
        "selected": "",
        "answer": "",
        "faint": "ansibrightblack",
        "separator": "underline",
        "qmark": "bold",
        "question": "bold",
    }
)
_POINTER = ">"
_INDENT = 3
_LEAST_OPTIONS = 6
_MENU_ROWS, _SMALL_MENU_ROWS = 6, 4
_SMALL, _TINY = 24, 12
_MOST_SUGGESTED = 50
# Above the answer and above the hints on keys.
_BLANKS = 2
# The options under a page of text, and the blank line under its heading.
_PAGE_LINES = 4
_NO_WAYS: Mapping[str, Command] = {}


class TerminalAsker:
    """Asks on standard error, one screen at a time; what it draws is erased once it is answered."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.output = create_output(stdout=sys.stderr)

    @property
    def columns(self) -> int:
        """Return how many cells wide a page can be."""
        return self._size()[0]

    def choose(self, screen: Screen, lines: Sequence[Option | Heading], start: object = None) -> Answer | Command:
        """Let one option be chosen with the arrow keys."""
        columns, rows = self._size()
        keys = self._keys([self.words.say("Arrow keys, Enter: choose")], bool(screen.why), typing=False)
        above = screen_lines(screen, columns, rows - len(keys) - _BLANKS - min(len(lines), _LEAST_OPTIONS))
        return self._select(above, lines, start, keys)

    def enter(self, screen: Screen, text: str, suggestions: Sequence[Suggestion] = ()) -> Typed:
        """Let a line be typed, with names completed."""
        columns, rows = self._size()
        say = self.words.say
        empty = (
            say("Enter: confirm, empty: leave it so")
            if screen.refining
            else say("Enter: confirm, empty: I do not know")
        )
        ranges = [say("Tab: choose a range")] if screen.ranges else []
        leave = [say("Ctrl-O: stop working it out")] if screen.working_out else []
        first = [say("Enter: confirm")] if screen.needed or screen.filled else [empty, *ranges, *leave]
        keys = self._keys(first, bool(screen.why), typing=True, result=not screen.needed)
        room = 1 if not suggestions else _MENU_ROWS if rows > _SMALL else _SMALL_MENU_ROWS
        above = screen_lines(screen, columns, rows - len(keys) - _BLANKS - room)
        question = questionary.text(
            _POINTER,
            default=text,
            qmark="",
            style=_STYLE,
            output=self.output,
            completer=_Names(suggestions) if suggestions else None,
            complete_while_typing=bool(suggestions),
            reserve_space_for_menu=room,
        )
        if suggestions and screen.error:
            app = question.application
            app.pre_run_callables.append(app.current_buffer.start_completion)
        ways = {"tab": Command.RANGE} if screen.ranges else {}
        ways |= {"c-o": Command.LEAVE} if screen.working_out else {}
        reply = self._run(question, [*above, ("", "")], keys, typing=True, ways=ways)
        return reply if isinstance(reply, Typed) else Typed(str(reply))

    def page(self, heading: str, paragraphs: Sequence[str]) -> None:
        """Show a text, page by page."""
        columns, rows = self._size()
        keys = self._keys([self.words.say("Arrow keys, Enter: choose")], explained=False, typing=False)
        head = screen_lines(Screen(heading), columns, rows)
        back = Option(Command.BACK, self.words.say("Back to the question"))
        on = Option(Command.CONTINUE, self.words.say("Read on"))
        before = Option(Command.BEFORE, self.words.say("Page before"))
        chunks = pages(paragraphs, columns, max(rows - len(head) - len(keys) - _BLANKS - _PAGE_LINES, 1))
        number = 0
        while True:
            ways = [*([on] if number + 1 < len(chunks) else []), back, *([before] if number else [])]
            chosen = self._select([*head, ("", ""), *chunks[number]], ways, None, keys)
            if chosen not in (Command.CONTINUE, Command.BEFORE):
                return
            number += 1 if chosen is Command.CONTINUE else -1

    def _select(
        self, above: list[Line], lines: Sequence[Option | Heading], start: object, keys: list[str]
    ) -> Answer | Command:
        # Options go by their place: a value may be a falsehood, which questionary would take for none.
        shown = [label_lines(line.label, self._size()[0] - 1, _INDENT) for line in lines]
        choices = [_choice(line, label, place) for place, (line, label) in enumerate(zip(lines, shown, strict=True))]
        places = [str(n) for n, line in enumerate(lines) if isinstance(line, Option) and _same(line.value, start)]
        question = questionary.select(
            "",
            choices=choices,
            default=places[0] if places else None,
            qmark="",
            pointer=_POINTER,
            instruction=" ",
            style=_STYLE,
            output=self.output,
            use_jk_keys=False,
        )
        reply = self._run(question, above, keys, typing=False)
        if isinstance(reply, Typed):
            return reply.command or Command.BACK
        option = lines[int(str(reply))]
        assert isinstance(option, Option)
        return option.value

    def _run(
        self,
        question: questionary.Question,
        above: list[Line],
        keys: list[str],
        typing: bool,
        ways: Mapping[str, Command] = _NO_WAYS,
    ) -> object:
        app = question.application
        for window in app.layout.find_all_windows():
            window.dont_extend_height = Always()
        fragments: StyleAndTextTuples = [(f"class:{style}", f"{text}\n") for style, text in above]
        # A minimum that does not fit would leave nothing but a complaint about the size on a tiny screen.
        room = max(self._size()[1] - len(keys) - _BLANKS - _LEAST_OPTIONS, 0)
        height = Dimension(min=min(len(above), room), max=len(above), preferred=len(above))
        parts = [
            Window(FormattedTextControl(fragments), height=height),
            app.layout.container,
            Window(FormattedTextControl("\n" + "\n".join(keys)), height=len(keys) + 1),
        ]
        app.layout = Layout(HSplit(parts, align=VerticalAlign.TOP), focused_element=app.layout.current_window)
        commands = _commands(typing, ways)
        bindings = [commands] if app.key_bindings is None else [app.key_bindings, commands]
        app.key_bindings = merge_key_bindings(bindings)
        app.erase_when_done = True
        reply: object = question.unsafe_ask()
        return reply

    def _size(self) -> tuple[int, int]:
        size = self.output.get_size()
        return size.columns, size.rows

    def _keys(self, first: list[str], explained: bool, typing: bool, result: bool = True) -> list[str]:
        """Return the hint lines: none on a tiny screen; without those that a list offers as options."""
        say, (columns, rows) = self.words.say, self._size()
        why = [say("?: why")] if explained else []
        ways = [say("Ctrl-B: back"), *([say("Ctrl-R: result now")] if result else [])] if typing else []
        return key_lines([*first, *why, *ways, say("Ctrl-C: leave")], columns) if rows > _TINY else []


class _Names(Completer):
    """Completes names: those that begin with what was typed, then those that contain it."""

    def __init__(self, suggestions: Sequence[Suggestion]) -> None:
        self.suggestions = suggestions

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        """Yield the names that fit the whole line."""
        line = document.text[:200]
        wanted = unified(line).casefold()
        if not wanted:
            return
        beginning = [name for name in self.suggestions if any(s.startswith(wanted) for s in name.spellings)]
        inside = [name for name in self.suggestions if any(wanted in s for s in name.spellings)]
        for name in list(dict.fromkeys([*beginning, *inside]))[:_MOST_SUGGESTED]:
            yield Completion(name.label, start_position=-len(document.text_before_cursor))


def _choice(line: Option | Heading, label: str, place: int) -> Choice:
    if isinstance(line, Heading):
        return Separator(label or " ")
    return Choice([("class:faint", label)] if line.faint else label, value=str(place))


def _commands(typing: bool, ways: Mapping[str, Command]) -> KeyBindings:
    bindings = KeyBindings()

    def leave_with(command: Command, event: KeyPressEvent) -> None:
        event.app.exit(result=Typed(event.app.current_buffer.text, command))

    @bindings.add("c-b", eager=True)
    def _back(event: KeyPressEvent) -> None:
        leave_with(Command.BACK, event)

    @bindings.add("c-r", eager=True)
    def _result(event: KeyPressEvent) -> None:
        leave_with(Command.RESULT, event)

    # From outside, or while a screen is being set up, Ctrl-C comes as a signal, which lists would not heed.
    @bindings.add("<sigint>", eager=True)
    def _interrupted(event: KeyPressEvent) -> None:
        event.app.exit(exception=KeyboardInterrupt)

    # No answer holds a question mark, so it asks wherever it is typed.
    @bindings.add("?", eager=True)
    @bindings.add("？", eager=True)
    def _why(event: KeyPressEvent) -> None:
        leave_with(Command.WHY, event)

    for key, command in ways.items():
        bindings.add(key, eager=True)(partial(leave_with, command))

    if not typing:

        @bindings.add("c-d", eager=True)
        def _leave(event: KeyPressEvent) -> None:
            event.app.exit(exception=EOFError)

    return bindings


def _same(value: Answer | Command, start: object) -> bool:
    return type(value) is type(start) and value == start
