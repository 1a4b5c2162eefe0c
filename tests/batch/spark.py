"""The Spark session that all tests share."""

import os
import shutil
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

MARKS = (pytest.mark.xdist_group("spark"), pytest.mark.slow)
"""One worker runs all tests of Spark, so that it starts once; starting it alone takes a quarter of a minute."""


def session() -> "SparkSession":
    """Return the session; without Java the test is skipped, in CI it fails."""
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        if os.environ.get("CI"):
            pytest.fail("CI must have Java 17 or newer: the tests of Spark cannot run")
        pytest.skip("NO JAVA: nothing of Spark is tested; install Java 17 or newer")
    from pyspark.sql import SparkSession

    # Small and quiet: one core, no page, few partitions of what is sorted.
    small = {"spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "1", "spark.driver.host": "127.0.0.1"}
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master("local[1]")
    for name, value in small.items():
        builder = builder.config(name, value)
    found = builder.getOrCreate()
    found.sparkContext.setLogLevel("ERROR")
    return found
