"""A progress bar where somebody sees it, and not a letter anywhere else."""

import os
import subprocess
import sys
import termios
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.manager import start_new_kernel
from nbformat.v4 import new_code_cell, new_notebook

from lossviz import progress_bar as module
from lossviz.progress_bar import progress_bar
from tools import notebooks

# Work that would show a bar at once, if it may.
CODE = """\
import time
import numpy as np
from lossviz import progress_bar, slice_plane
progress_bar.LONG = 0
def slow(parameters):
    time.sleep(0.02)
    return parameters @ parameters
print(slice_plane(slow, [1.0, 2.0], np.eye(2), size=5))"""
PRINTED = "Landscape(loss over first direction -1 to 1 and second direction -1 to 1)\n"


def at_a_terminal(code: str) -> tuple[str, str]:
    """Run code with a terminal for its errors; return what it printed, and what the terminal showed."""
    outer, inner = os.openpty()
    termios.tcsetwinsize(inner, (24, 80))
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=inner, text=True
    ) as run:
        os.close(inner)
        printed, _ = run.communicate()
    shown = b""
    while True:
        try:
            piece = os.read(outer, 4096)
        except OSError:  # all is read
            piece = b""
        if not piece:
            break
        shown += piece
    os.close(outer)
    return printed, shown.decode()


def test_a_terminal_shows_a_bar_and_is_clean_afterwards() -> None:
    printed, shown = at_a_terminal(CODE)
    assert printed == PRINTED
    assert "%|" in shown
    assert "/25 [" in shown
    assert shown.split("\r")[-2].strip() == ""  # the last thing written is blank


def test_a_terminal_shows_no_bar_for_quick_work_or_if_not_wanted() -> None:
    quick = CODE.replace("progress_bar.LONG = 0\n", "")
    unwanted = CODE.replace("size=5", "size=5, progress=False")
    assert at_a_terminal(quick) == at_a_terminal(unwanted) == (PRINTED, "")


def test_a_bar_is_closed_when_something_raises() -> None:
    printed, shown = at_a_terminal(CODE.replace("return", "return 1 if parameters[0] < 2 else 1 / 0 +"))
    assert printed == ""
    bar, error = shown.split("Traceback", 1)
    assert "%|" in bar
    assert bar.split("\r")[-2].strip() == ""
    assert "at first direction = 1, second direction = -1." in error


def test_a_pipe_gets_no_bar() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == (PRINTED, "")


def test_tqdm_is_not_loaded_before_a_bar_appears() -> None:
    code = (
        "import sys, lossviz; assert 'tqdm' not in sys.modules; import numpy as np;"
        "lossviz.slice_plane(lambda p: p @ p, [1.0, 2], np.eye(2)); assert 'tqdm' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_notebook_that_somebody_uses_shows_a_bar() -> None:
    messages: list[dict[str, Any]] = []
    manager, client = start_new_kernel()
    try:  # as a front end does whose user can be asked for input
        client.execute_interactive(CODE, allow_stdin=True, output_hook=messages.append, timeout=60)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    [shown] = [m["content"]["data"] for m in messages if m["msg_type"] == "display_data"]
    assert "application/vnd.jupyter.widget-view+json" in shown
    streams = {m["content"]["name"]: m["content"]["text"] for m in messages if m["msg_type"] == "stream"}
    assert streams == {"stdout": PRINTED}


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    """A notebook with long work in it, stored as `make notebooks` stores a chapter."""
    notebook = new_notebook(cells=[new_code_cell(CODE)])
    notebooks.run(notebook, tmp_path)
    notebooks.clean(notebook)
    path = tmp_path / "slow.ipynb"
    path.write_text(notebooks.to_text(notebook), encoding="utf-8")
    return path


def test_a_stored_notebook_holds_no_bar_and_nbval_finds_it_unchanged(stored: Path) -> None:
    [output] = notebooks.read(stored).cells[0].outputs
    assert (output.name, output.text) == ("stdout", PRINTED)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "--nbval",
        "--nbval-current-env",
    ]
    done = subprocess.run([*command, stored], capture_output=True, text=True, cwd=stored.parent, check=False)
    assert done.returncode == 0, done.stdout
    assert "1 passed" in done.stdout


class Bar:
    """Stands for tqdm's."""

    def __init__(self, total: int, done: int) -> None:
        self.total, self.n, self.closed = total, done, False

    def update(self, more: int) -> None:
        self.n += more

    def close(self) -> None:
        self.closed = True


def test_a_bar_counts_what_was_done_before_it_appeared(monkeypatch: pytest.MonkeyPatch) -> None:
    now, bars = [0.0], []

    def make(total: int, done: int) -> Bar:
        bars.append(Bar(total, done))
        return bars[-1]

    monkeypatch.setattr(module, "monotonic", lambda: now[0])
    monkeypatch.setattr(module, "_kind", lambda: make)
    with progress_bar(10) as advance:
        for second in (0.5, 0.9, 1.1, 1.2):
            now[0] = second
            advance(2)
            assert len(bars) == (second > 1)
        assert (bars[0].total, bars[0].n) == (10, 8)
        assert not bars[0].closed
    assert bars[0].closed
