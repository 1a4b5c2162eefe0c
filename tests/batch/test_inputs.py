import gzip
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from eligibility.batch.records import JsonLines
from eligibility.batch.source import Source
from eligibility.batch.text import Text
from eligibility.values.problem import AnswerError
from tests.batch.runner import Runner

TABLE = (
    "id,site_country,employees,nonprofit,training_cost,founded,nace\n1,DE,12,no,1000.5,2001-02-03,C28\n2,KR,7.5,,0,,\n"
)


# Without a time in it: each test process must see the same bytes.
PACKED = gzip.compress(TABLE.encode(), mtime=0)


def test_packed(run: Runner) -> None:
    run(TABLE)
    plain = run.output.read_bytes()
    run(PACKED, name="in.csv.gz")
    assert run.output.read_bytes() == plain


@pytest.mark.parametrize(
    "data", [PACKED[:-9], b"not packed at all", PACKED[:40] + b"x" * 40], ids=["cut", "plain", "spoilt"]
)
def test_damaged(run: Runner, data: bytes) -> None:
    with pytest.raises(AnswerError, match=r"the packed file is damaged or cut short$"):
        run(data, name="in.csv.gz")
    assert run.left() == set()


def test_json_lines(run: Runner) -> None:
    run(TABLE, layout="long")
    plain = run.output.read_text()
    lines = [
        {
            "id": "1",
            "site_country": "DE",
            "employees": 12,
            "nonprofit": False,
            "training_cost": 1000.5,
            "founded": "2001-02-03",
            "nace": "C28",
        },
        {"id": 2, "site_country": "KR", "employees": 7.5, "nonprofit": None, "training_cost": 0},
    ]
    run("\n".join(map(json.dumps, lines)), name="in.jsonl", layout="long")
    assert run.output.read_text() == plain


def test_json_lines_that_cannot_be_used(run: Runner) -> None:
    run(
        '{"id": 1, "employees": 3}\n\n[1]\n{"id":\n{"id": 2, "employees": [3]}\n{"id": 3, "id": 4}\n'
        '{"id": NaN, "employees": 1e2}\n',
        name="in.jsonl",
    )
    assert run.rejects.read_text().splitlines()[1:] == [
        "2,3,,not-json,the line is not a JSON object,[1]",
        '3,4,,not-json,Expecting value,"{""id"":"',
        '4,5,,not-json,`employees` holds several values,"{""id"": 2, ""employees"": [3]}"',
        '5,6,,not-json,a key stands twice,"{""id"": 3, ""id"": 4}"',
        '6,7,employees,not-a-number,"""1e2"" is not a number: write digits with a point for decimals, like 12.5",1e2',
    ]


def test_json_keys_that_come_late(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text('{"a": 1}\n{"a": 2}\n{"a": 3, "b": 4}\n')
    with Source(path) as source:
        blocks = list(JsonLines(Text(source, None), lines=2).blocks())
    assert [block.cells.rows() for block in blocks] == [[("1",), ("2",)], []]
    assert [(reject.row, reject.line, reject.message) for reject in blocks[1].rejects] == [
        (3, 3, "no line before has the key `b`")
    ]


def test_an_empty_json_file(run: Runner) -> None:
    with pytest.raises(AnswerError, match="the file holds no JSON object"):
        run("\n", name="in.jsonl")


def parquet(run: Runner, frame: pl.DataFrame, **options: object) -> None:
    frame.write_parquet(run.folder / "in.parquet")
    run((run.folder / "in.parquet").read_bytes(), name="in.parquet", **options)


def test_parquet(run: Runner) -> None:
    run(TABLE, layout="long")
    plain = run.output.read_text()
    frame = pl.DataFrame(
        {
            "id": [1, 2],
            "site_country": pl.Series(["DE", "KR"], dtype=pl.Categorical),
            "employees": [12.0, 7.5],
            "nonprofit": [False, None],
            "training_cost": pl.Series([Decimal("1000.500"), Decimal(0)], dtype=pl.Decimal(12, 3)),
            "founded": [date(2001, 2, 3), None],
            "nace": ["C28", ""],
        }
    )
    parquet(run, frame, layout="long")
    assert run.output.read_text() == plain
    parquet(run, frame, output=run.folder / "out.parquet")
    assert pl.read_parquet(run.folder / "out.parquet").select(frame.columns).schema == frame.schema


def test_parquet_values_that_cannot_be_used(run: Runner) -> None:
    frame = pl.DataFrame({"employees": [float("inf"), -1.0, 0.1 + 0.2, float("nan")], "nace": [1, None, 28, 28]})
    parquet(run, frame, on_bad_value="reject")
    assert [line.split(",")[:4] for line in run.rejects.read_text().splitlines()[1:]] == [
        ["1", "", "employees", "not-a-number"],
        ["2", "", "employees", "too-small"],
    ]


def test_parquet_types_that_cannot_be_used(run: Runner) -> None:
    with pytest.raises(
        AnswerError, match=r"^the column `employees` holds List\(Int64\), which cannot answer `employees`$"
    ):
        parquet(run, pl.DataFrame({"employees": [[1]]}))
    with pytest.raises(AnswerError, match=r"^the column `x` holds List\(Int64\), which CSV cannot hold"):
        parquet(run, pl.DataFrame({"employees": [1], "x": [[1]]}))
    with pytest.raises(AnswerError, match="not a Parquet file"):
        run(b"nothing of that kind", name="in.parquet")
