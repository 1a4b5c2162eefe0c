"""A Spark session: the active one, or one by the surroundings' configuration, on this machine if they name no other."""

import errno
import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from eligibility.values.problem import AnswerError, Problem

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_QUIET = {"spark.log.level": "ERROR", "spark.ui.showConsoleProgress": "false", "spark.sql.session.timeZone": "UTC"}
_HINT = "pip install 'eligibility[spark]'; Spark also needs Java 17 or newer"
# Not even a whole file reaches this: each is read by one task, as a quoted line break may stand anywhere in it.
_NO_SPLIT = str(1 << 60)
_SPLITTING = ("spark.sql.files.maxPartitionBytes", "spark.sql.files.openCostInBytes")


def spark_session() -> "SparkSession":
    """Return the active session, or start one.

    Raises:
        AnswerError: a library or Java is missing.
    """
    try:
        import pyarrow  # noqa: F401
        from pyspark.errors import PySparkRuntimeError
        from pyspark.sql import SparkSession
    except ImportError as error:
        message = f"the engine `spark` needs a library that is not installed: {error.name}"
        raise AnswerError(Problem("no-engine", message, None, _HINT)) from error
    active = SparkSession.getActiveSession()
    if active is not None:
        return active
    # Workers on this machine are to find the same libraries; a cluster's configuration has the last word.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("eligibility")
    for name, value in _QUIET.items():
        builder = builder.config(name, value)
    try:
        session = builder.getOrCreate()
    except (PySparkRuntimeError, FileNotFoundError) as error:
        message = "Spark does not start: Java may be missing"
        raise AnswerError(Problem("no-engine", message, None, _HINT)) from error
    session.sparkContext.setLogLevel("ERROR")
    return session


@contextmanager
def whole_files(session: "SparkSession") -> Iterator[None]:
    """Let each file be read by one task, as long as the block runs."""
    before = {name: session.conf.get(name) for name in _SPLITTING}
    try:
        for name in _SPLITTING:
            session.conf.set(name, _NO_SPLIT)
        yield
    finally:
        for name, value in before.items():
            if value is not None:
                session.conf.set(name, value)


@contextmanager
def without_pandas_warning() -> Iterator[None]:
    """Hide what Spark says about the version of pandas, which it imports here and then leaves alone."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="PySpark does not yet fully support pandas", category=FutureWarning)
        yield


@contextmanager
def failures(source: str) -> Iterator[None]:
    """Tell what fails in Spark in one sentence; what goes wrong in our own code on a worker stays as it is.

    Raises:
        AnswerError: the workers lack this package.
        OSError: anything else of Spark's.
    """
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException, PythonException

    try:
        yield
    except PythonException as error:
        if "ModuleNotFoundError" in str(error):
            message = "Spark's workers do not find this package and its libraries"
            problem = Problem("no-engine", message, None, "install eligibility there, or ship it along")
            raise AnswerError(problem) from error
        raise
    except (PySparkException, Py4JError) as error:
        reason = str(error).strip().partition("\n")[0]
        raise OSError(errno.EIO, f"Spark failed: {reason}", source) from error
