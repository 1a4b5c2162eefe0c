"""Files where Spark finds them: on this machine, `hdfs://`, `s3a://` and whatever else its cluster knows."""

import zlib
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from eligibility.batch.source import FORMATS, format_of
from eligibility.values.problem import AnswerError, Place, Problem

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

HEAD_BYTES = 1 << 22


class Files:
    """The file systems of a session; paths are as Spark takes them."""

    def __init__(self, session: "SparkSession") -> None:
        # What stands behind a session is Java's; its types are not told.
        inner: Any = session
        self._java: Any = inner.sparkContext._jvm
        self._configuration: Any = inner._jsc.hadoopConfiguration()

    def exists(self, path: str) -> bool:
        """Tell whether something stands there."""
        found = self._java.org.apache.hadoop.fs.Path(path)
        return bool(found.getFileSystem(self._configuration).exists(found))

    def delete(self, path: str) -> None:
        """Take away what stands there, if anything does."""
        found = self._java.org.apache.hadoop.fs.Path(path)
        found.getFileSystem(self._configuration).delete(found, True)

    def data_files(self, path: str) -> list[str]:
        """Return the file of this name, or the part files below, in the order of their names.

        Raises:
            AnswerError: there is none.
        """
        root = self._java.org.apache.hadoop.fs.Path(path)
        system = root.getFileSystem(self._configuration)
        if not system.exists(root):
            raise AnswerError(Problem("no-such-file", "there is no such file or directory", Place(path)))
        if not system.getFileStatus(root).isDirectory():
            return [root.toString()]
        listed = system.listStatus(root)
        names = sorted(status.getPath().toString() for status in listed if status.isFile())
        names = [name for name in names if PurePosixPath(name).name[:1] not in ("_", ".")]
        if not names:
            raise AnswerError(Problem("empty-table", "the directory holds no files", Place(path)))
        return names

    def head(self, path: str) -> bytes:
        """Return the first bytes of a file, unpacked."""
        found = self._java.org.apache.hadoop.fs.Path(path)
        stream = found.getFileSystem(self._configuration).open(found)
        try:
            data = bytes(stream.readNBytes(HEAD_BYTES))
        finally:
            stream.close()
        if path.lower().endswith(".gz"):
            data = zlib.decompressobj(31).decompress(data, HEAD_BYTES)
        return data


def kind_of(path: str, files: list[str]) -> str:
    """Tell the format by the ending of the path, of a directory also by that of its first file."""
    ending = PurePosixPath(path.rstrip("/")).suffix.lower()
    name = path.rstrip("/") if ending in FORMATS or ending == ".gz" else files[0]
    return format_of(PurePosixPath(name))
