"""The house as it is built: imports run one way, and what must be pure touches no file, clock or screen."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "cleaner"

# A module imports only what stands on a lower floor. Modules of one floor do not know each other.
FLOORS = (
    ("errors", "model", "names", "version", "decoding"),
    ("edits",),
    ("text", "characters", "candidates"),
    ("series", "decisions"),
    ("wordlists",),
    ("language.*",),
    ("rulebook.*", "language", "sources"),
    ("rulebook",),
    ("knowledge", "measure", "policy"),
    (
        "stages.furniture.*",
        "stages.hyphens.*",
        "stages.numbers.*",
        "stages.paragraphs.*",
        "stages.regions.*",
        "stages.seal.*",
        "stages.words.*",
    ),
    ("stages.*",),
    ("stages",),
    ("settings", "obeying"),
    ("pipeline",),
    ("quality.*", "proofing.*"),
    ("quality", "proofing"),
    ("records",),
    ("journal",),
    ("promises",),
    ("api",),
    ("adopting", "index", "store", "pagetable", "wordiff"),
    ("books", "ledger"),
    ("binary", "finding"),
    ("corpus",),
    ("finishing", "following"),
    ("checking", "comparing", "engines.*", "engines", "lexicons", "locating", "resetting", "sidebyside", "talk"),
    ("ruletools.*", "ruletools"),
    ("report",),
    ("report.*",),
    ("review", "review.*"),
    ("console", "options"),
    ("check_cli", "decisions_cli", "lexicon_cli", "report_cli", "review_cli", "rules_cli"),
    ("cli",),
    ("__init__", "__main__"),
)
# The parts of one stage know each other.
ALLOWED = {
    ("language.*", "language.*"),
    ("rulebook.*", "rulebook.*"),
    ("ruletools.*", "ruletools.*"),
    ("review.*", "review.*"),
    ("stages.furniture.*", "stages.furniture.*"),
    ("stages.hyphens.*", "stages.hyphens.*"),
    ("stages.numbers.*", "stages.numbers.*"),
    ("stages.paragraphs.*", "stages.paragraphs.*"),
    ("stages.regions.*", "stages.regions.*"),
    ("stages.words.*", "stages.words.*"),
    ("proofing.*", "proofing.*"),
    ("quality.*", "quality.*"),
    ("report.*", "report.*"),
}
PURE = (
    "model",
    "edits",
    "text",
    "characters",
    "candidates",
    "decoding",
    "names",
    "sources",
    "policy",
    "series",
    "decisions",
    "obeying",
    "adopting",
    "records",
    "sidebyside",
    "pipeline",
    "knowledge",
    "measure",
    "language",
    "wordlists",
    "vocabulary",
    "channel",
    "quality",
    "proofing",
)
IMPURE = {"os", "io", "sys", "pathlib", "shutil", "time", "datetime", "random", "tempfile", "subprocess", "click",
          "tqdm", "logging", "socket"}  # fmt: skip


def modules():
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        name = ".".join(parts)
        yield name.removesuffix(".__init__") if len(parts) > 1 else name, path


def imports(path, *, top_level_only=False):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = tree.body if top_level_only else ast.walk(tree)
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            if node.module == "cleaner":
                yield from (f"cleaner.{alias.name}" for alias in node.names)
            elif node.module:
                names = [f"{node.module}.{alias.name}" for alias in node.names]
                known = {f"cleaner.{name}" for name, _ in modules()}
                yield from (name if name in known else node.module for name in names)


def floor(name):
    for level, names in enumerate(FLOORS):
        if name in names:
            return level, name
    for level, names in enumerate(FLOORS):
        package = name.rpartition(".")[0]
        if package and f"{package}.*" in names:
            return level, f"{package}.*"
    raise AssertionError(f"{name} has no floor: give it one in FLOORS")


@pytest.mark.parametrize(("name", "path"), list(modules()))
def test_imports_run_one_way(name, path):
    level, here = floor(name)
    for target in imports(path):
        if not target.startswith("cleaner.") or name in ("__init__", "__main__"):
            continue
        inner = target.removeprefix("cleaner.")
        if inner == "__version__":
            continue
        below, there = floor(inner)
        assert below < level or (here, there) in ALLOWED, f"{name} imports {inner}"


@pytest.mark.parametrize(
    ("name", "path"),
    [(n, p) for n, p in modules() if n in PURE or n.startswith(("stages", "language.", "quality.", "proofing."))],
)
def test_what_is_pure_touches_no_file_clock_or_screen(name, path):
    assert not IMPURE & {target.split(".")[0] for target in imports(path)}, name
    calls = {
        node.func.id
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert not calls & {"open", "print", "input"}, name


def test_only_the_console_prints():
    for name, path in modules():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        called = [getattr(n.func, "id", getattr(n.func, "attr", "")) for n in ast.walk(tree) if isinstance(n, ast.Call)]
        assert not {"print", "echo", "secho"} & set(called) or name == "console", name


def test_modules_stay_small():
    assert not {name: lines for name, path in modules() if (lines := len(path.read_text().split("\n"))) > 420}


def test_the_program_starts_without_its_data():
    """What ``cleaner --help`` imports must not load frequencies, ftfy or rapidfuzz."""
    heavy = {"wordfreq", "ftfy", "rapidfuzz", "spellchecker"}
    for name in ("__init__", "cli", "console"):
        path = PACKAGE / f"{name}.py"
        if path.exists():
            assert not heavy & {target.split(".")[0] for target in imports(path, top_level_only=True)}
