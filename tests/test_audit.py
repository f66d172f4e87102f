"""The audit tells weak packages, and never takes a registry's silence for a clean bill."""

import json
import tomllib
from pathlib import Path

from packaging.requirements import Requirement

from tools.audit import CLEAN, UNKNOWN, WEAK, read_npm_audit, read_pip_audit

CLEAN_PIN = {"name": "numpy", "version": "2.4.0", "vulns": []}
WEAK_PIN = {
    "name": "pillow",
    "version": "9.0.0",
    "vulns": [{"id": "PYSEC-1", "fix_versions": ["9.0.1"], "aliases": [], "description": ""}],
}
SKIPPED_PIN = {"name": "zipp", "skip_reason": "Dependency not found on PyPI"}


def pip_audit(*pins: object) -> str:
    return json.dumps({"dependencies": pins, "fixes": []})


def test_every_pin_that_was_looked_up_is_clean() -> None:
    report = read_pip_audit(pip_audit(CLEAN_PIN), "")
    assert report.verdict == CLEAN
    assert str(report) == "0 known to be weak of 1"


def test_a_weak_pin_is_told_with_the_version_that_mends_it() -> None:
    report = read_pip_audit(pip_audit(CLEAN_PIN, WEAK_PIN, SKIPPED_PIN), "")
    assert report.verdict == WEAK
    assert "pillow 9.0.0: PYSEC-1, mended in ['9.0.1']" in str(report)


def test_a_pin_that_no_registry_knew_is_not_clean() -> None:
    report = read_pip_audit(pip_audit(CLEAN_PIN, SKIPPED_PIN), "")
    assert report.verdict == UNKNOWN
    assert "NOT AUDITED, as no answer came: 1, such as: Dependency not found on PyPI" in str(report)


def test_an_audit_that_broke_off_is_not_clean() -> None:
    report = read_pip_audit("", "Traceback …\nConnectionError: no route to host\n")
    assert report.verdict == UNKNOWN
    assert "ConnectionError: no route to host" in str(report)
    assert read_npm_audit("", "").verdict == UNKNOWN
    refused = read_npm_audit(json.dumps({"message": "405 Method Not Allowed", "statusCode": 405}), "")
    assert refused.verdict == UNKNOWN
    assert "405 Method Not Allowed" in str(refused)


def test_npm_tells_its_weak_packages() -> None:
    weak = {
        "esbuild": {"range": "<0.25.0", "severity": "moderate", "via": [{"title": "Any site may ask"}]},
        "bundler": {"range": "*", "severity": "low", "via": ["esbuild"]},
    }
    metadata = {"dependencies": {"total": 40}}
    report = read_npm_audit(json.dumps({"vulnerabilities": weak, "metadata": metadata}), "")
    assert report.verdict == WEAK
    assert "esbuild <0.25.0: moderate, Any site may ask" in str(report)
    assert "bundler *: low, by what it depends on" in str(report)
    clean = read_npm_audit(json.dumps({"vulnerabilities": {}, "metadata": metadata}), "")
    assert clean.verdict == CLEAN


def test_the_auditor_is_named_in_pyproject() -> None:
    text = (Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8")
    (named,) = tomllib.loads(text)["project"]["optional-dependencies"]["audit"]
    assert Requirement(named).name == "pip-audit"
