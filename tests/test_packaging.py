"""The built wheel carries its rules and works outside the repository, in a new environment."""

import os
import re
import subprocess
import sys
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

from cleaner.version import __version__

ROOT = Path(__file__).parent.parent
QUIET = ["--quiet", "--disable-pip-version-check"]


def run(*command, cwd, **options):
    env = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "PIP_CONSTRAINT"))}
    return subprocess.run(
        [str(part) for part in command], cwd=cwd, env=env, check=True, capture_output=True, text=True, **options
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "pip", "wheel", *QUIET, "--no-deps", "--no-build-isolation", "-w", out, ROOT, cwd=out)
    (path,) = out.glob("*.whl")
    return path


@pytest.mark.slow
def test_the_wheel_holds_the_rules_and_the_types(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    rules = {path.name for path in (ROOT / "rules").glob("*.toml")}
    assert {Path(name).name for name in names if name.startswith("cleaner/rules/")} >= rules
    tables = {f"cleaner/data/{path.name}" for path in (ROOT / "cleaner" / "data").iterdir() if path.is_file()}
    assert len(tables) >= 7
    pages = {f"cleaner/report/templates/{path.name}" for path in (ROOT / "cleaner/report/templates").iterdir()}
    assert len(pages) >= 5
    folders = [ROOT / "cleaner" / "review" / name for name in ("templates", "static")]
    review = {path.relative_to(ROOT).as_posix() for folder in folders for path in folder.iterdir()}
    assert len(review) >= 12
    assert {"cleaner/py.typed", *tables, *pages, *review} <= set(names)
    assert f"ocr_cleaner-{__version__}" in wheel.name
    assert not [name for name in names if name.startswith(("tests", "corpora", "benchmarks"))]


@pytest.mark.slow
def test_a_new_environment_cleans_a_file(wheel, tmp_path):
    """Installed as a user would, with the locked versions, far from the checkout."""
    pins = re.findall(r"^[\w.-]+==[^\s\\]+", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE)
    constraints = tmp_path / "constraints.txt"
    constraints.write_text("\n".join(pins), encoding="utf-8")
    venv.create(tmp_path / "env", with_pip=True)
    bin_ = tmp_path / "env" / "bin"
    run(bin_ / "python", "-m", "pip", "install", *QUIET, "-c", constraints, wheel, cwd=tmp_path)
    scan = tmp_path / "scan.txt"
    scan.write_text("It was the \ufb01rst party of revolu-\ntion in the whole of the town.\n", encoding="utf-8")
    assert __version__ in run(bin_ / "cleaner", "--version", cwd=tmp_path).stdout
    run(bin_ / "cleaner", "clean", scan, "--out", tmp_path / "out", cwd=tmp_path)
    clean = tmp_path / "out" / "scan.txt"
    assert clean.read_text(encoding="utf-8") == "It was the first party of revolution in the whole of the town.\n"
    run(bin_ / "cleaner", "restore", clean, "--out", tmp_path / "back.txt", cwd=tmp_path)
    assert (tmp_path / "back.txt").read_bytes() == scan.read_bytes()


def test_what_is_declared_is_locked():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8").lower()
    declared = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    assert not [name for name in declared if f"\n{re.split('[<>=]', name)[0].lower()}==" not in f"\n{lock}"]


def test_every_dependency_has_its_line_in_the_readme():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    names = [re.split("[<>=]", name)[0] for name in project["dependencies"]]
    assert not [name for name in names if f"**{name}**" not in readme]
