"""What a checkout must hold to: no path of a machine, scans kept byte for byte, the samples up to date."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_no_checkout_changes_a_scan():
    attributes = (ROOT / ".gitattributes").read_text(encoding="utf-8")
    assert "corpora/** -text" in attributes
    found = subprocess.run(
        ["git", "check-attr", "text", "corpora/raw/x.txt"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if found.returncode == 0:  # outside a git checkout (an unpacked archive) there is nothing to ask
        assert found.stdout.strip().endswith("text: unset")
