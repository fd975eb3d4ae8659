"""Settings files: what is known, what is not, and who wins."""

from contextlib import nullcontext
from pathlib import Path

import pytest

from cleaner import settings
from cleaner.errors import SettingsError
from cleaner.settings import Settings

FULL = """
language = "en"
layout = "lines"
threshold = 0.8
skip = ["words"]
rules = ["more.toml"]

[thresholds]
hyphens = 0.95

[folders]
raw = "scans"
clean = "texts"

[[path]]
glob = "scans/french/*"
language = "fr"

[[path]]
glob = "*.verse.txt"
layout = "paragraphs"
skip = []
"""


def write(tmp_path, source, name="cleaner.toml"):
    path = tmp_path / name
    path.write_text(source, encoding="utf-8")
    return path


def test_a_full_file(tmp_path):
    path = write(tmp_path, FULL)
    config = settings.load(tmp_path)
    assert config.settings == Settings("en", "lines", 0.8, {"hyphens": 0.95}, (), ("words",))
    assert (config.raw, config.clean) == (tmp_path / "scans", tmp_path / "texts")
    assert config.rules == (tmp_path / "more.toml",)
    assert config.file == path
    assert config.settings.threshold_of("hyphens") == 0.95
    assert config.settings.threshold_of("glyphs") == 0.8


def test_paths_override_the_file_and_the_command_line_overrides_all(tmp_path):
    write(tmp_path, FULL)
    config = settings.load(tmp_path)
    assert config.settings_for(Path("scans/french/a.txt"), {}).language == "fr"
    assert config.settings_for(Path("scans/german/a.txt"), {}).language == "en"
    both = config.settings_for(Path("scans/french/a.verse.txt"), {})
    assert (both.language, both.layout, both.skip) == ("fr", "paragraphs", ())
    assert config.settings_for(Path("scans/french/a.txt"), {"language": "de"}).language == "de"


def test_a_file_above_is_found_and_the_nearest_wins(tmp_path):
    write(tmp_path, 'language = "en"')
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    assert settings.load(below).settings.language == "en"
    write(tmp_path / "a", 'language = "fr"')
    assert settings.load(below).settings.language == "fr"


def test_pyproject(tmp_path):
    write(tmp_path, '[tool.cleaner]\nlanguage = "de"\n', "pyproject.toml")
    assert settings.load(tmp_path).settings.language == "de"


def test_a_pyproject_without_a_table_of_settings_is_refused(tmp_path):
    write(tmp_path, "[tool]\ncleaner = 7\n", "pyproject.toml")
    with pytest.raises(SettingsError, match="cleaner = 7 must be a dict"):
        settings.load(tmp_path)


def test_a_pyproject_of_others_is_passed_over(tmp_path):
    write(tmp_path, 'language = "en"')
    below = tmp_path / "a"
    below.mkdir()
    write(below, '[project]\nname = "x"\n', "pyproject.toml")
    assert settings.load(below).settings.language == "en"


def test_cleaner_toml_comes_before_pyproject(tmp_path):
    write(tmp_path, '[tool.cleaner]\nlanguage = "de"\n', "pyproject.toml")
    write(tmp_path, 'language = "en"')
    assert settings.load(tmp_path).settings.language == "en"


@pytest.mark.parametrize(("source", "fault"), [("tool = 3", False), ("[tool]\ncleaner = 3", True)])
def test_a_pyproject_with_odd_tables(tmp_path, source, fault):
    write(tmp_path, source, "pyproject.toml")
    with pytest.raises(SettingsError, match="must be a dict") if fault else nullcontext():
        assert settings.load(tmp_path).settings == Settings()


def test_without_a_file_there_are_defaults(tmp_path):
    config = settings.load(tmp_path)
    assert config.settings == Settings()
    assert config.raw == Path("corpora/raw")


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("langauge = 'en'", "did you mean language"),
        ("lang = 'en'", "did you mean language"),
        ("zzzz = 1", "known: language"),
        ("[folders]\nraaw = 'x'", "did you mean folders.raw"),
        ("[folder]\nraw = 'x'", "did you mean folders"),
        ("[[path]]\nglob = '*'\nlayuot = 'lines'", "did you mean path.layout"),
        ("[[path]]\nlayout = 'lines'", "without glob"),
        ("layout = 'columns'", "paragraphs, lines"),
        ("language = 7", "language must be a code"),
        ("threshold = 90", "from 0.30 to 1"),
        ("threshold = true", "from 0.30 to 1"),
        ("threshold = 'high'", "from 0.30 to 1"),
        ("[thresholds]\nhyphens = 0.1", "from 0.30 to 1"),
        ("skip = 'words'", "skip = 'words' must be a list"),
        ("skip = [1]", "list of strings"),
        ("rules = 'x.toml'", "must be a list"),
        ("folders = 'x'", "must be a dict"),
        ("path = [1]", "must be a list of tables"),
        ('folders = {raw = "a\\u0000"}', "holds a zero byte"),
        ("language = ", "cannot be read"),
        ("\udcff", "cannot be read"),
    ],
)
def test_what_is_wrong_is_named_with_its_file(tmp_path, source, message):
    path = tmp_path / "cleaner.toml"
    path.write_bytes(source.encode("utf-8", "surrogateescape"))
    with pytest.raises(SettingsError) as error:
        settings.load(tmp_path)
    assert message in str(error.value)
    assert str(path) in str(error.value)
