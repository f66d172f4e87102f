"""Ask the public registries for known weaknesses of what is locked: `python -m tools.audit`.

`pip-audit` (in an environment of its own) looks at requirements.txt, `npm audit` at js/package-lock.json.
Ends with 0 if every package was looked up and none is known to be weak, with 1 if one is, and with 2 if a
registry did not answer for some: silence is no clean bill.
"""

import json
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import NamedTuple

from uv import find_uv_bin

from tools import node

ROOT = Path(__file__).parents[1]
CLEAN, WEAK, UNKNOWN = 0, 1, 2


class Report(NamedTuple):
    """What a registry told: the weak packages with what is known of each, and what it did not answer."""

    asked: int
    weak: list[str]
    unanswered: list[str]

    @property
    def verdict(self) -> int:
        """The code to end with."""
        return WEAK if self.weak else UNKNOWN if self.unanswered else CLEAN

    def __str__(self) -> str:
        told = f"{len(self.weak)} known to be weak of {self.asked}"
        if self.unanswered:
            told += f"; NOT AUDITED, as no answer came: {len(self.unanswered)}, such as: {self.unanswered[0]}"
        return "\n  ".join([told, *self.weak])


def read_pip_audit(printed: str, complaint: str) -> Report:
    """Read what `pip-audit --format json` printed; a package that it skipped is one it knows nothing of."""
    try:
        packages = json.loads(printed)["dependencies"]
    except (ValueError, KeyError):
        return Report(1, [], [last_line(complaint) or "pip-audit did not run"])
    weak = [
        f"{each['name']} {each['version']}: {found['id']}, mended in {found['fix_versions'] or 'no version'}"
        for each in packages
        for found in each.get("vulns", [])
    ]
    return Report(len(packages), weak, [each["skip_reason"] for each in packages if "skip_reason" in each])


def read_npm_audit(printed: str, complaint: str) -> Report:
    """Read what `npm audit --json` printed."""
    try:
        told = json.loads(printed)
        asked = told["metadata"]["dependencies"]["total"]
    except ValueError:
        return Report(1, [], [last_line(complaint) or "npm audit did not run"])
    except KeyError:
        return Report(1, [], [told.get("message") or "npm audit failed"])
    weak = [
        f"{name} {each['range']}: {each['severity']}, "
        + (", ".join(via["title"] for via in each["via"] if isinstance(via, dict)) or "by what it depends on")
        for name, each in told["vulnerabilities"].items()
    ]
    return Report(asked, weak, [])


def last_line(text: str) -> str:
    """Last line of what a program complained of: its error."""
    return (text.strip().splitlines() or [""])[-1]


def ask_python() -> Report:
    """Look up the pins of requirements.txt."""
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
        "optional-dependencies"
    ]
    (requirement,) = extras["audit"]
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        pins = Path(folder, "requirements.txt")
        pins.write_text("".join(line for line in lock.splitlines(True) if not line.startswith("-e")))
        command = [find_uv_bin(), "tool", "run", "--quiet", "--python", sys.executable, "--from", requirement]
        command += ["pip-audit", "--requirement", str(pins), "--no-deps", "--disable-pip"]
        command += ["--format", "json", "--progress-spinner", "off"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    return read_pip_audit(done.stdout, done.stderr)


def ask_javascript() -> Report:
    """Look up what js/package-lock.json holds."""
    done = subprocess.run(
        ["npm", "audit", "--json"],
        cwd=node.JS,
        env=node.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    return read_npm_audit(done.stdout, done.stderr)


def main() -> int:
    """Ask for both, tell what was found, and return the worst of the two verdicts."""
    reports = {"Python": ask_python(), "JavaScript": ask_javascript()}
    for language, report in reports.items():
        print(f"{language}: {report}")
    verdicts = {report.verdict for report in reports.values()}
    return WEAK if WEAK in verdicts else max(verdicts)


if __name__ == "__main__":
    sys.exit(main())
