"""A new Excel workbook: written apart, packed when all is told, then copied to where it goes."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import IO

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

MOST_ROWS = 1_048_575
"""Rows of a sheet below its header."""
# A file that is made anew from the same table has the same bytes.
_CREATED = datetime(2000, 1, 1)


@contextmanager
def packed(stream: IO[bytes]) -> Iterator[xlsxwriter.Workbook]:
    """Hold a workbook that stands in the stream when the block ends well.

    Raises:
        OSError: writing failed.
    """
    with TemporaryDirectory(prefix="eligibility-", ignore_cleanup_errors=True) as folder:
        # Packed here and then copied: a package whose own stream fails complains once more when it is forgotten.
        package = Path(folder, "workbook.xlsx")
        book = xlsxwriter.Workbook(package, {"constant_memory": True, "tmpdir": folder})
        book.set_properties({"created": _CREATED})
        book.use_zip64()
        try:
            yield book
            book.close()
        except FileCreateError as error:
            # What the system said is inside.
            raise error.args[0] from None
        finally:
            for sheet in book.worksheets():
                with suppress(OSError):
                    sheet.row_data_fh.close()
        with package.open("rb") as whole:
            copyfileobj(whole, stream)
        stream.flush()
