import polars as pl
import pytest

from eligibility.batch.formula import neutral, neutralised


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("=1+1", True),
        ("+cmd", True),
        ("-2+3", True),
        ("@SUM(A1)", True),
        ("\tx", True),
        ("\rx", True),
        ("\nx", True),
        ("  =x", True),
        ("\u00a0=x", True),
        ("＝x", True),
        ("a\n=x", True),
        ("a\r\n @x", True),
        ("+49 171 1", True),
        ("-5", False),
        ("+49", False),
        ("-5,5 %", False),
        ("+1.200,50", False),
        ("a=b", False),
        ("x-y", False),
        ("", False),
        ("a\nb", False),
        ("2021-03-01", False),
        ("-", True),
    ],
)
def test_formulas(text: str, runs: bool) -> None:
    assert neutral(text) == (f"'{text}" if runs else text)
    frame = pl.DataFrame({"a": [text, None, "x"], "n": [1, 2, 3]})
    assert neutralised(frame, ["a", "n"])["a"].to_list() == [neutral(text), None, "x"]
