"""The language of this run: found before anything else, so that the help and the errors speak it too."""

from collections.abc import Mapping, Sequence

LANGUAGES = ("de", "en", "ko")
VARIABLE = "ELIGIBILITY_LANG"
_LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


_LETTERS = {"de": "äß", "en": "", "ko": "가"}


class _Run:
    """What a run of the command line remembers: the language asked for, and the one that its messages are in."""

    language = "en"
    spoken = "en"


class _Later:
    """Marks messages for the catalogue that are translated when they are shown, such as the help."""

    @staticmethod
    def say(message: str) -> str:
        """Return the message as it is."""
        return message


later = _Later()


def use(language: str, encoding: str | None = "utf-8") -> None:
    """Speak this language from now on; where messages could not be shown in it (see `encoding`), they are English."""
    _Run.language = _Run.spoken = language
    try:
        _LETTERS[language].encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        _Run.spoken = "en"


def language() -> str:
    """Return the language of this run."""
    return _Run.language


def language_of(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """Return the language asked for: by `--lang`, else by the environment, else English. Nothing is refused here."""
    for index, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            return _known(argument.removeprefix("--lang=")) or "en"
        if argument == "--lang" and index + 1 < len(arguments):
            return _known(arguments[index + 1]) or "en"
    return _known(environment.get(VARIABLE, "")) or _of_locale(environment)


def _of_locale(environment: Mapping[str, str]) -> str:
    # As in POSIX the first variable that is set decides, whatever it says.
    settings = (environment.get(name, "") for name in _LOCALE_VARIABLES)
    return _known(next((setting for setting in settings if setting), "")) or "en"


def _known(setting: str) -> str | None:
    """Return the language of `de`, `de_AT.UTF-8` and the like, or `None`."""
    name = setting.replace("-", "_").partition("_")[0].partition(".")[0].lower()
    return name if name in LANGUAGES else None


def say(message: str, **values: str) -> str:
    """Translate a message and fill in its fields. English needs no catalogue, so that the help starts at once."""
    if _Run.spoken == "en":
        return message.format(**values)
    from eligibility.words import Words

    return Words(_Run.spoken).say(message, **values)


def plural(one: str, many: str, n: int, **values: str) -> str:
    """Translate the form of a message that belongs to a count."""
    from eligibility.words import Words

    return Words(_Run.spoken).plural(one, many, n, **values)


def number(value: int) -> str:
    """Write a count as the language of the messages does: `1.500` in German."""
    from fractions import Fraction

    from eligibility.words import Words

    return Words(_Run.spoken).number(Fraction(value))
