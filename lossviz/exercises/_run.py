"""Run a notebook that somebody handed in, and see which exercises it solves."""

from __future__ import annotations

import ast
import queue
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any

START = 60.0  # seconds that the process may take to start: a slow machine is nobody's fault
COLOURS = re.compile(r"\x1b\[[\d;]*m")
CHECKED = re.compile(r"""\bcheck\(\s*["']([\w.]+)["']""")
# What counts is what the package itself has noted, not what a cell prints or what `check` has been made into.
# It is asked for beside each cell, and comes in the answer to that cell, which no cell can write.
RESULTS = {"results": "__import__('sys').modules['lossviz.exercises'].progress().results"}


@dataclass
class HandedIn:
    """What one notebook solves.

    Attributes
    ----------
    name : str
        Where it lies.
    asked : set of str
        The exercises that it checks, by what is written in it.
    results : dict of str to bool
        For each exercise that was tried, whether it was solved.
    remark : str
        What went wrong, or nothing.
    readable : bool
        Whether it is a notebook at all.
    """

    name: str
    asked: set[str] = field(default_factory=set)
    results: dict[str, bool] = field(default_factory=dict)
    remark: str = ""
    readable: bool = True


def run(path: Path, name: str, limit: float) -> HandedIn:
    """Run a notebook in a process of its own, and say what it solves.

    An error in a cell does not end it. A cell that still runs when the time is up does.

    Parameters
    ----------
    path : Path
        The notebook. It runs in its own folder.
    name : str
        What to call it.
    limit : float
        Seconds for the whole notebook.
    """
    handed_in = HandedIn(name)
    try:
        cells = _cells(path)
    except Exception as error:  # whatever somebody's file holds, the others want to be read
        handed_in.readable = False
        handed_in.remark = _line(f"is no notebook: {type(error).__name__}: {error}")
        return handed_in
    handed_in.asked = {id for cell in cells for id in CHECKED.findall(cell)}
    try:
        _run_cells(cells, path.parent, limit, handed_in)
    except _Stopped as stopped:
        handed_in.remark = str(stopped)
    return handed_in


class _Stopped(Exception):  # noqa: N818 - carries what to tell the teacher
    """The notebook was not run to its end, and this is why."""


def _cells(path: Path) -> list[str]:
    import nbformat  # comes with JupyterLab, not with this package

    notebook = nbformat.read(path, as_version=4)
    return [cell.source for cell in notebook.cells if cell.cell_type == "code"]


def _run_cells(cells: list[str], folder: Path, limit: float, handed_in: HandedIn) -> None:
    """Run the cells, and note in `handed_in` what they solve, also when they do not come to an end."""
    from jupyter_client.manager import KernelManager

    kernel: Any = KernelManager()
    # This Python, which has lossviz, whatever else is installed under the name "python3".
    assert kernel.kernel_spec is not None  # there is always one of Python itself
    kernel.kernel_spec.argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    kernel.start_kernel(cwd=str(folder), stdout=-3, stderr=-3)  # -3: to nowhere
    client: Any = kernel.client()
    client.start_channels(shell=True, iopub=False, stdin=False, hb=False)
    try:
        _execute(kernel, client, "", monotonic() + START, "the process did not start")
        end = monotonic() + limit
        errors = []
        # One empty cell more: the answer to a cell that failed brings no results.
        for number, source in enumerate([*cells, ""], start=1):
            late = (
                f"code cell {number} still ran after {limit:g} seconds; it and what follows count for nothing"
            )
            reply = _execute(kernel, client, source, end, late)
            if reply["status"] == "error":
                # Its last line names the error, also one in showing a result, of which `ename` knows nothing.
                errors.append(f"code cell {number} stops with {reply['traceback'][-1]}")
            told = reply.get("user_expressions", {}).get("results", {})
            if told.get("status") == "ok":
                handed_in.results = ast.literal_eval(told["data"]["text/plain"])
        if errors:
            more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
            handed_in.remark = _line(errors[0]) + more
    finally:
        client.stop_channels()
        kernel.shutdown_kernel(now=True)


def _execute(kernel: Any, client: Any, source: str, end: float, late: str) -> dict[str, Any]:
    """Run one cell and return the answer to it; raise _Stopped when the time is over or the process dies."""
    asked = client.execute(source, user_expressions=RESULTS, allow_stdin=False, stop_on_error=False)
    while monotonic() < end:
        try:
            message = client.get_shell_msg(timeout=min(0.5, max(0.0, end - monotonic())))
        except queue.Empty:
            if not kernel.is_alive():
                raise _Stopped("its process came to an end before the notebook did") from None
            continue
        if message["parent_header"].get("msg_id") == asked:
            return dict(message["content"])
    raise _Stopped(late)


def _line(text: str) -> str:
    """Put a text on one line without what could drive a terminal; a long one is cut off."""
    text = COLOURS.sub("", text)
    text = "".join(letter if letter.isprintable() else " " for letter in text)
    text = " ".join(text.split())
    return text if len(text) <= 120 else text[:119] + "…"
