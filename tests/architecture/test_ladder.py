"""Calls go down: who may import whom."""

import subprocess
import sys
from pathlib import Path

from tests.architecture.code import CHECKOUT


def test_the_import_ladder_holds():
    linter = Path(sys.executable).with_name("lint-imports")
    told = subprocess.run([linter, "--no-cache"], cwd=CHECKOUT, capture_output=True, text=True)
    assert told.returncode == 0, told.stdout + told.stderr
    assert " 0 broken" in told.stdout
