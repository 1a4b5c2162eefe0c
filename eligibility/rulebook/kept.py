"""Plain trees of rule files, kept between runs by the digest of the files: JSON reads far faster than YAML.

What is kept is checked against the shapes like anything read; a kept file that is missing, cut or of other rules is
simply not used. Of the cases only the first of each file part is kept: they were found in order, and only `rules check`
and `rules test`, which keep nothing, have a use for them.
"""

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

FORMAT = 3


def without_cases(tree: object) -> object:
    """Return a plain tree with one case where there are several."""
    if not isinstance(tree, dict):
        return tree
    return {key: value[:1] if key == "cases" else without_cases(value) for key, value in tree.items()}


class Kept:
    """The trees of one set of rule directories, in a file below `directory`; `None` keeps nothing."""

    def __init__(self, directory: Path | None, rules: Sequence[Path]) -> None:
        names = "\n".join(str(path.resolve()) for path in rules)
        name = f"rules-{hashlib.sha256(names.encode()).hexdigest()[:16]}.json"
        self._path = None if directory is None else directory / name

    def load(self, digest: str) -> Mapping[str, object]:
        """Return the trees by what tells their files apart, or nothing if they are not those of these rules."""
        if self._path is None:
            return {}
        try:
            kept = json.loads(self._path.read_bytes())
        except (OSError, ValueError, RecursionError):
            return {}
        if not isinstance(kept, dict) or kept.get("format") != FORMAT or kept.get("digest") != digest:
            return {}
        trees = kept.get("trees")
        return trees if isinstance(trees, dict) else {}

    def store(self, digest: str, trees: Mapping[str, object]) -> None:
        """Keep trees for the next run; a directory that cannot be written to is no problem."""
        if self._path is None:
            return
        written = json.dumps({"format": FORMAT, "digest": digest, "trees": trees}, ensure_ascii=False)
        unfinished = self._path.with_suffix(f".{os.getpid()}")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            unfinished.write_text(written, encoding="utf-8")
            unfinished.replace(self._path)
        except OSError:
            with suppress(OSError):
                unfinished.unlink(missing_ok=True)
