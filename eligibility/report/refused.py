"""Why an own template was not rendered, as a value that crosses from its process to ours."""


class Refused(Exception):
    """A template does what it may not, or what cannot be done.

    `line` counts from 1, 0 where it is not known; `known` are the names that could have been meant; `values` are the
    parts of the message.
    """

    def __init__(self, code: str, line: int = 0, known: tuple[str, ...] = (), **values: str) -> None:
        super().__init__(code)
        self.code, self.line, self.known, self.values = code, line, known, values
