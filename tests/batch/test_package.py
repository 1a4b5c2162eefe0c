"""Workbooks that are none, or that would do harm, are refused before they are unpacked."""

from pathlib import Path
from zipfile import ZipInfo

import pytest

from eligibility.batch import package
from eligibility.batch.package import check_entries, open_package
from eligibility.values.problem import AnswerError
from tests.batch.runner import Runner
from tests.batch.workbooks import packed, parts

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 70_000
SAVE = "is this a workbook? save it anew as .xlsx, or as CSV UTF-8"
BOMB = '<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx">]>'


def entry(name: str, size: int = 10, stored: int = 10, encrypted: bool = False) -> ZipInfo:
    info = ZipInfo(name)
    info.file_size, info.compress_size, info.flag_bits = size, stored, int(encrypted)
    return info


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ([entry("a")] * 10_001, f"10,001 parts; a workbook has at most 10,000 ({SAVE})"),
        ([entry("../a")], f"the part `../a` has a name that no workbook has ({SAVE})"),
        ([entry("/etc/a")], f"the part `/etc/a` has a name that no workbook has ({SAVE})"),
        ([entry("C:a")], f"the part `C:a` has a name that no workbook has ({SAVE})"),
        ([entry("xl/a"), entry("XL/A")], f"the part `XL/A` has a name that no workbook has ({SAVE})"),
        ([entry("a", encrypted=True)], "the part `a` has a password (save it without one)"),
        (
            [entry("xl/worksheets/sheet1.xml", 300 << 20, 1 << 20)],
            f"the part `xl/worksheets/sheet1.xml` is packed more than 200 times smaller than it is ({SAVE})",
        ),
        (
            [entry("xl/sharedStrings.xml", 257 << 20, 60 << 20)],
            "the part `xl/sharedStrings.xml` is larger than 256 MB (save the sheet as CSV UTF-8)",
        ),
        (
            [entry(f"xl/worksheets/sheet{n}.xml", 1 << 30, 60 << 20) for n in range(3)],
            "the workbook unpacks into 3,072 MB; at most 2,048 MB are read (save the sheet as CSV UTF-8)",
        ),
    ],
)
def test_entries(entries: list[ZipInfo], message: str) -> None:
    with pytest.raises(AnswerError) as refused:
        check_entries(entries, "in.xlsx")
    assert str(refused.value) == f"in.xlsx: {message}"


def test_a_sheet_of_a_million_rows_passes() -> None:
    check_entries([entry("xl/worksheets/sheet1.xml", 1 << 30, 60 << 20), entry("xl/styles.xml", 1 << 20, 1)], "in.xlsx")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            b"not a workbook",
            "this is no Excel workbook, or it is damaged (open it in Excel and save it anew as .xlsx, or as CSV UTF-8)",
        ),
        (
            OLE,
            "this is a workbook of Excel 97-2003 (.xls) (open it in Excel and save it as .xlsx, or as CSV UTF-8)",
        ),
        (
            OLE + "EncryptedPackage".encode("utf-16-le"),
            "the workbook has a password (open it in Excel and save it without a password)",
        ),
        (
            packed({**parts(""), "xl/styles.xml": f"<!-- {'x' * 100_000} -->{BOMB}<a>&x;</a>"}),
            f"the part `xl/styles.xml` declares a document type, which no workbook does ({SAVE})",
        ),
        (
            packed({**parts(""), "xl/worksheets/sheet1.xml": f"{BOMB}<a/>".encode("utf-16")}),
            f"the part `xl/worksheets/sheet1.xml` declares a document type, which no workbook does ({SAVE})",
        ),
    ],
    ids=["text", "old", "password", "entities", "entities in UTF-16"],
)
def test_files(run: Runner, data: bytes, message: str) -> None:
    with pytest.raises(AnswerError) as refused:
        run(data, name="in.xlsx")
    assert str(refused.value) == f"{run.folder / 'in.xlsx'}: {message}"
    assert run.left() == set()


def test_the_password_mark_across_two_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "_PART", 40)
    path = tmp_path / "in.xlsx"
    path.write_bytes(OLE[:60] + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(AnswerError, match="the workbook has a password"):
        open_package(path)
