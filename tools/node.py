"""Which Node builds and tests the JavaScript, and how to run one of its commands in js/.

`python -m tools.node npm run build` runs a command there.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

JS = Path(__file__).parents[1] / "js"
OLDEST = 20  # the oldest major version that js/package.json accepts


def find_node() -> Path | None:
    """Find the folder of a recent Node with its npm: one on the PATH, or else next to this Python."""
    folders = [*os.get_exec_path(), str(Path(sys.executable).parent)]
    for folder in folders:
        node = shutil.which("node", path=folder)
        if node and shutil.which("npm", path=folder) and major_version(node) >= OLDEST:
            return Path(folder)
    return None


def major_version(node: str) -> int:
    """Major version of a Node, or 0 if it does not run."""
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    version = answer.stdout.strip().removeprefix("v").split(".")[0]
    return int(version) if version.isdigit() else 0


def environment() -> Mapping[str, str]:
    """Environment in which `node`, `npm` and `npx` are the ones found."""
    folder = find_node()
    if folder is None:
        raise FileNotFoundError(f"Node {OLDEST} or later with npm is missing: `make test` provides it.")
    return {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}


def run(*command: str) -> subprocess.CompletedProcess[str]:
    """Run a command in js/ and keep what it prints, standard error included."""
    return subprocess.run(
        command,
        cwd=JS,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=600,
        check=False,
    )


if __name__ == "__main__":
    sys.exit(subprocess.run(sys.argv[1:], cwd=JS, env=environment(), check=False).returncode)
