import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eligibility.batch.formula import neutralised
from eligibility.values.formula import neutral
from tests.batch.runner import Runner


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("=1+1", True),
        ("+cmd", True),
        ("-2+3", True),
        ("@SUM(A1)", True),
        ("\tx", True),
        ("\rx", True),
        ("\r\n=x", True),
        ("＋x", True),
        ("－x", True),
        ("＠x", True),
        ("\u3000=x", True),
        (" \u00a0 @x", True),
        ("a\r=x", True),
        ("a\n\n x", False),
        ("a\r\nb", False),
        ("a\n\tx", True),
        ("=", True),
        ("-5+1", True),
        ("-5\n=x", True),
        ("--5", True),
        ("-5e3", True),
        ("-１", True),
        ('="a"', True),
        ("'=x", False),
        ("a\tb", False),
        ("-5 %", False),
        ("-1.234,50", False),
        ("- 5", True),
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


@given(st.text(st.sampled_from("=+-@\t\r\n \u00a0\u3000＝＋－＠a1.,%'"), max_size=6))
def test_both_readings_agree_and_once_is_enough(text: str) -> None:
    assert neutralised(pl.DataFrame({"a": [text]}), ["a"])["a"][0] == neutral(text)
    harmless = neutral(text)
    first = harmless.lstrip(" \u00a0\u3000")[:1]
    assert first not in tuple("=@\t\r\n＝＋－＠")


def test_names_and_rejects(run: Runner) -> None:
    run("id,employees,=x\n@1,-x,=y\n@2,-5,=z\n@3,5,-7\n")
    assert run.output.read_text().splitlines()[0].split(",")[:3] == ["id", "employees", "'=x"]
    assert run.output.read_text().splitlines()[1].split(",")[:3] == ["'@3", "5", "-7"]
    assert [line.rpartition(",")[2] for line in run.rejects.read_text().splitlines()[1:]] == ["'-x", "-5"]
    run("id,employees,=x\n@1,-x,=y\n", raw_cells=True)
    assert run.output.read_text().splitlines()[0].split(",")[2] == "=x"
    assert run.rejects.read_text().endswith(",-x\n")
