"""What `from lossviz import …` gives is what it says."""

import subprocess
import sys


def test_progress_is_that_of_the_exercises() -> None:
    # In a process of its own: a module of the package with the same name would hide it.
    code = "from lossviz import progress; print(progress())"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert told.stdout == "Nothing is checked yet in this session.\n", told.stderr
