"""The two layouts and the three formats say the same."""

import json
import random
from decimal import Decimal
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from eligibility.batch import words
from eligibility.batch.layouts import VERDICT, Assessed, Offered, offered
from eligibility.batch.request import BatchRequest
from eligibility.batch.run import run_batch
from eligibility.batch.wide import Wide
from eligibility.batch.words import Joined, Texts, rate_texts
from eligibility.engine.columns import Plan
from eligibility.rulebook.rulebook import Rulebook

EXAMPLES = Path("examples/companies.csv")


@pytest.fixture(scope="module")
def frames(whole_rulebook: Rulebook, tmp_path_factory: pytest.TempPathFactory) -> dict[str, pl.DataFrame]:
    folder = tmp_path_factory.mktemp("layouts")
    found = {}
    for layout in ("wide", "long"):
        for ending in ("csv", "parquet", "jsonl"):
            path = folder / f"{layout}.{ending}"
            run_batch(whole_rulebook, BatchRequest(EXAMPLES, path, layout=layout))
            if ending == "parquet":
                found[f"{layout} {ending}"] = pl.read_parquet(path)
            elif ending == "csv":
                found[f"{layout} {ending}"] = pl.read_csv(path, infer_schema=False)
            else:
                lines = [json.loads(line) for line in path.read_text().splitlines()]
                found[f"{layout} {ending}"] = pl.DataFrame(lines, infer_schema_length=None)
    return found


@pytest.mark.parametrize("layout", ["wide", "long"])
def test_formats_agree(frames: dict[str, pl.DataFrame], layout: str) -> None:
    csv = frames[f"{layout} csv"]
    jsonl = frames[f"{layout} jsonl"].cast(pl.String).with_columns(pl.all().replace("", None))
    assert jsonl.equals(csv)
    rates = [name for name in csv.columns if name.startswith("rate_")]
    amounts = [name for name in csv.columns if "amount_" in name]
    exact = frames[f"{layout} parquet"].drop(rates, amounts).cast(pl.String).with_columns(pl.all().replace("", None))
    assert exact.equals(csv.drop(rates, amounts))
    for name in rates + amounts:
        told = [None if text is None else Decimal(text) for text in csv[name]]
        assert frames[f"{layout} parquet"][name].to_list() == told


def test_parquet_types(frames: dict[str, pl.DataFrame]) -> None:
    wide, long = frames["wide parquet"].schema, frames["long parquet"].schema
    assert wide["de.digital-jetzt"] == VERDICT
    assert wide["eligible_count"] == pl.Int64
    assert wide["de.digital-jetzt amount_max"] == pl.Decimal(38, 2)
    assert wide["kr.world-class-plus amount_max"] == pl.Decimal(38, 0)
    assert [long["rate_min"], long["amount_min"], long["row"]] == [pl.Decimal(38, 4), pl.Decimal(38, 2), pl.Int64()]
    assert "kr.dx-training amount_min" not in wide


def test_wide_and_long_agree(frames: dict[str, pl.DataFrame], whole_rulebook: Rulebook) -> None:
    wide, long = frames["wide csv"], frames["long csv"]
    programmes = list(whole_rulebook.programmes)
    assert long.height == wide.height * len(programmes)
    assert long["programme"].to_list() == programmes * wide.height
    assert long["row"].to_list() == [str(row) for row in range(1, wide.height + 1) for _ in programmes]
    for index, company in enumerate(wide.iter_rows(named=True)):
        told = list(long[index * len(programmes) : (index + 1) * len(programmes)].iter_rows(named=True))
        assert {row["id"] for row in told} == {company["company_id"]}
        assert [row["verdict"] for row in told] == [company[programme] for programme in programmes]
        for verdict in ("eligible", "likely", "undetermined"):
            listed = ";".join(row["programme"] for row in told if row["verdict"] == verdict) or None
            assert company[verdict] == listed
        assert int(company["eligible_count"]) == sum(row["verdict"] == "eligible" for row in told)
        for row in told:
            for end in ("amount_min", "amount_max"):
                assert company.get(f"{row['programme']} {end}") == row[end]


def test_many_programmes(rulebook: Rulebook) -> None:
    """More programmes than a mask has bits."""
    plan = Plan(rulebook, ["employees"], reasons=False)
    one = offered(plan)[0]
    many = [Offered(index, one.programme, None, False) for index in range(70)]
    results = pl.DataFrame({f"v{index}": pl.Series([0, 3, index % 2], dtype=pl.Int8) for index in range(70)})
    renamed = [_Named(programme, f"p{programme.index}") for programme in many]
    layout = Wide({}, (), renamed, False)  # type: ignore[arg-type]
    (frame,) = layout.frames(Assessed(pl.DataFrame(), pl.Series([1, 2, 3]), results))
    assert frame["eligible"].to_list() == [
        ";".join(f"p{index}" for index in range(70)),
        "",
        ";".join(f"p{index}" for index in range(0, 70, 2)),
    ]
    assert frame["likely"][2] == ";".join(f"p{index}" for index in range(1, 70, 2))
    assert frame["eligible_count"].to_list() == [70, 0, 35]


class _Named:
    def __init__(self, programme: Offered, name: str) -> None:
        self.index, self.id, self.currency, self.verdict = programme.index, name, None, programme.verdict


@pytest.mark.parametrize("count", [0, 1, 3, 8, 9, 17, 62])
def test_masks(count: int) -> None:
    ids = [f"p{bit}" for bit in range(count)]
    draw = random.Random(count)
    texts = Texts()
    joined = Joined(ids, texts)
    for _ in range(3):
        masks = [0, 2**count - 1, *(draw.randrange(2**count) for _ in range(500))]
        wanted = [";".join(name for bit, name in enumerate(ids) if mask >> bit & 1) for mask in masks]
        assert texts.texts(joined.numbers(np.array(masks))).to_list() == wanted


def test_masks_forget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "_MOST_KEPT", 4)
    texts = Texts(blank=True)
    joined = Joined([f"p{bit}" for bit in range(20)], texts)
    for high in range(40):
        assert texts.texts(joined.numbers(np.array([0, high << 12]))).to_list()[0] is None
    assert len(texts) == 40


def test_rates() -> None:
    rates = pl.Series([5000, 1250, 1, 0, None, 10000], dtype=pl.Int64)
    assert rate_texts(rates).to_list() == ["0.50", "0.125", "0.0001", "0.00", None, "1.00"]
