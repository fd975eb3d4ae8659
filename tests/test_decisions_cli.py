"""Decisions at the command line: written down, listed, dropped, adopted, frozen, handed on."""

import json
import os
import shutil
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cleaner import corpus, ledger, sources, store
from cleaner import settings as configuration
from cleaner.cli import main
from cleaner.decisions import Decision
from cleaner.errors import DecisionError, UsageError
from cleaner.review.desk import Desk, as_text, open_desk
from cleaner.sources import Place, Places
from tests.test_decisions import SCAN, edits_of

RAW = Path("corpora/raw/scan.txt")
CLEAN = Path("corpora/clean/scan.txt")
LOG = Path("corpora/clean/scan.changes.jsonl")
FILE = Path("rules/decisions/scan.txt.jsonl")


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("cleaner.toml").write_text('language = "en"\nbooks = ["book"]\n')
    put(RAW, SCAN)
    run("clean")
    return tmp_path


def put(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def call(*arguments, **more):
    return CliRunner().invoke(main, list(map(str, arguments)), **more)


def run(*arguments, code=0, **more):
    result = call(*arguments, **more)
    assert result.exit_code == code, result.output
    return result.stdout if code in (0, 1) else result.stderr


def changes():
    return [record for line in LOG.read_text().splitlines() if (record := json.loads(line))["kind"] == "change"]


def id_of(before, nth=0):
    return [change["id"] for change in changes() if change["before"] == before][nth]


def cleaned():
    run("clean")
    return CLEAN.read_text()


def desk(*paths):
    setup = configuration.load(Path.cwd())
    return open_desk(paths, setup, setup.clean)


# ---- decide ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [RAW, CLEAN, LOG])
def test_changes_are_decided_about_by_their_ids(home, path):
    first, second = id_of("tbe"), id_of("tbe", 1)
    said = run("decide", path, "--reject", first, "--replace", f"{second}=THE", "--who", "Ada")
    assert 'reject "tbe" -> "the"  Ada' in said
    text = cleaned()
    assert "upon tbe quay" in text
    assert "before THE bell" in text
    assert [change["why"] for change in changes() if change["stage"] == "decisions"] == ["Ada decided"]


def test_a_scope_holds_for_more(home):
    run("decide", RAW, "--reject", id_of("tbe"), "--scope", "document")
    assert cleaned().count("tbe ") == 2
    put(Path("corpora/raw/other.txt"), SCAN)
    run("decide", RAW, "--reject", id_of("tben"), "--scope", "corpus")
    cleaned()
    assert "and tben" in Path("corpora/clean/other.txt").read_text()
    assert '"scope":"corpus"' in Path("rules/decisions/_corpus.jsonl").read_text()


def test_what_nobody_proposed(home):
    run("decide", RAW, "--at", "3:5", "--replace", "men=women")
    line = next(k for k, line in enumerate(CLEAN.read_text().splitlines(), 1) if "Nobody" in line)
    column = CLEAN.read_text().splitlines()[line - 1].index("Nobody") + 1
    run("decide", CLEAN, "--at", f"{line}:{column}", "--replace", "Nobody=No one")
    text = cleaned()
    assert text.startswith("The women upon")
    assert "No one spoke" in text


def test_a_replacement_in_the_raw_text_keeps_the_rest_of_a_word_that_a_stage_joins(home):
    at = SCAN.split("\n").index("st, and tben went back to the nets tbat") + 1
    run("decide", RAW, "--at", f"{at}:1", "--replace", "st=ng")
    assert "the smoke was long, and then" in cleaned()


def test_a_replacement_within_what_a_stage_changes_as_a_whole_is_read_in_the_raw_text(home):
    run("decide", RAW, "--at", "3:15", "--replace", "b=y")
    assert "upon tye quay" in cleaned()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--at", "3:5", "--replace", "man=men"], "at 3:5 stands 'men upon tbe quay lo', not 'man'"),
        (["--at", "3:500", "--replace", "a=b"], "at 3:500 stands '', not 'a'"),
        (["--at", "999:1", "--replace", "a=b"], "scan.txt has no line 999"),
        (["--at", "here", "--replace", "a=b"], "write LINE:COLUMN"),
        (["--at", "3:5", "--replace", "men"], "'men' has no '='"),
        (["--at", "3:5"], "--at needs one --replace"),
        (["--accept", "words:1-2"], "scan.txt has no change 'words:1-2'"),
        (["--furniture", "5-3"], "3 comes before 5"),
        (["--furniture", "x"], "these are no lines"),
        (["--page", "3"], "write LINE=FOLIO"),
        ([], "nothing was decided"),
    ],
)
def test_what_cannot_be_decided(home, arguments, said):
    assert said in run("decide", RAW, *arguments, code=2)
    assert not FILE.exists()


def test_of_one_command_all_is_written_or_nothing(home):
    assert "no change" in run("decide", RAW, "--furniture", "1", "--reject", "words:1-2", code=2)
    assert "no line 999" in run("decide", RAW, "--reject", id_of("tbe"), "--text", "999", code=2)
    assert not FILE.exists()


def test_lines_of_the_raw_and_of_the_clean_text(home):
    heads = [k for k, line in enumerate(SCAN.split("\n"), 1) if "FERRY" in line]
    text = CLEAN.read_text()
    assert "FERRY" not in text
    run("decide", RAW, "--text", heads[1])
    assert "THE FERRY 82" in cleaned()
    put(CLEAN.with_name("lines.txt"), "")
    raw = Path("corpora/raw/lines.txt")
    lines = [
        "When the ferry left at seven the men upon the quay",
        "looked after it until the smoke was lost, and then we",
    ]
    lines += ["went back to the nets that hung from one end of it", "to the other, and nobody spoke before the bell."]
    put(raw, "\n".join([lines[0] + " " * 80, *lines[1:], "", "A LINE OF DIRT", "", *lines, ""]))
    CLEAN.with_name("lines.txt").unlink()
    run("clean")
    clean = CLEAN.with_name("lines.txt")
    dirt = clean.read_text().splitlines().index("A LINE OF DIRT") + 1
    assert 'furniture "A LINE OF DIRT"' in run("decide", clean, "--furniture", dirt)
    run("decide", raw, "--keep-lines", "1-4", "--garbage", "8-9", "--page", "8=17")
    run("clean", "--page-marks", "folio")
    found = clean.read_text()
    assert "DIRT" not in found
    assert "\n".join(lines) in found
    assert "[p. 17] When the ferry" in found


def test_the_lines_of_a_book_are_named_with_their_file(home):
    pages = SCAN.split("\f")
    for k, page in enumerate(pages, 1):
        put(Path(f"corpora/raw/book/p{k}.txt"), page)
    run("clean")
    book = Path("corpora/raw/book")
    assert "book.txt has no p9.txt:1" in run("decide", book, "--at", "p9.txt:1:1", "--replace", "a=b", code=2)
    run("decide", book, "--at", "p2.txt:3:6", "--replace", "thinking=dreaming")
    run("decide", Path("corpora/clean/book.txt"), "--at", "1:5", "--replace", "men=women")
    run("decide", book, "--text", "p2.txt:1")
    run("clean")
    text = Path("corpora/clean/book.txt").read_text()
    assert "THE FERRY 82" in text
    assert "were dreaming" in text
    assert text.startswith("The women")
    assert "p2.txt:3:6" in run("decisions", "list", "rules/decisions/book.jsonl")


@given(st.lists(st.text("ab\r\n\f", max_size=6), min_size=1, max_size=4))
def test_a_line_leads_back_to_the_places_that_stand_in_it(pages):
    source = sources.read({f"{k}.txt": page.encode() for k, page in enumerate(pages)})
    places = Places(source.text, source.files)
    for file in source.files:
        for at in range(file.start, file.start + file.chars):
            place = places.find(at)
            start, end = places.line(place)
            assert start <= at < end
            assert at - start + 1 == place.column
    with pytest.raises(LookupError):
        places.line(Place("no.txt", 1, 1))


# ---- decisions list, stale, drop -------------------------------------------------------------------------------------


def test_list_shows_place_verdict_scope_and_who(home):
    run("decide", RAW, "--reject", id_of("tbe"), "--who", "Ada")
    run("decide", RAW, "--accept", id_of("tben"), "--scope", "corpus")
    run("freeze", RAW)
    lines = run("decisions", "list").splitlines()
    assert lines == [
        "rules/decisions/_corpus.jsonl",
        '    1    accept "tben" -> "then"  corpus',
        f"{FILE}: frozen",
        '    1  3:14  reject "tbe" -> "the"  Ada',
    ]
    assert run("decisions", "list", RAW) == run("decisions", "list", CLEAN) == run("decisions", "list", FILE)
    assert run("decisions", "list", RAW).splitlines() == lines[2:]


def test_what_the_new_raw_text_has_not_just_once_is_stale_and_can_be_dropped(home):
    run("decide", RAW, "--reject", id_of("tbe"), "--replace", f"{id_of('tben')}=thus")
    put(RAW, SCAN.replace("tbe quay", "tbe qnay") + "More of it.\n")
    assert run("decisions", "stale").splitlines()[1:] == [
        '    1  at 27  reject "tbe" -> "the"',
        "              -> the raw text has another place, or none, for it",
    ]
    assert "nothing was dropped" in call("decisions", "drop", "--stale", input="n\n").stderr
    assert len(FILE.read_text().splitlines()) == 3
    assert "1 decision dropped" in call("decisions", "drop", "--stale", input="y\n").stderr
    assert run("decisions", "stale") == ""
    assert "thus" in cleaned()


def test_in_a_new_raw_text_decisions_have_new_places_once_more_is_decided(home):
    run("decide", RAW, "--reject", id_of("tbe"))
    put(RAW, "A page that was missing.\n\n" + SCAN)
    assert "upon tbe quay" in cleaned()
    run("decide", RAW, "--reject", id_of("tben"))
    assert run("decisions", "stale") == ""
    text = cleaned()
    assert "upon tbe quay" in text
    assert "and tben" in text


def test_what_was_seen_is_gone(home):
    line = SCAN.split("\n").index("\fTHE FERRY 82") + 1
    run("decide", RAW, "--at", f"{line}:6", "--replace", "FERRY=FAIRY")
    stale = run("decisions", "stale")
    assert "what was seen there is gone" in stale
    cleaned()
    assert run("decisions", "stale") == stale
    run("decisions", "drop", RAW, "--number", "1", "--yes")
    assert not FILE.exists()


def test_contradictions_are_listed(home):
    run("decide", RAW, "--reject", id_of("tbe"))
    record = FILE.read_text().splitlines()[1]
    FILE.write_text(FILE.read_text() + record.replace("reject", "accept") + "\n")
    assert '-> contradicts: reject "tbe" -> "the"' in run("decisions", "stale")
    assert "1 decision to look at" not in run("clean")
    assert "upon tbe quay" in CLEAN.read_text()


def test_numbers_are_those_of_one_file(home):
    run("decide", RAW, "--reject", id_of("tbe"), "--reject", id_of("tben"))
    assert "has no decision 3" in run("decisions", "drop", RAW, "--number", "3", "--yes", code=2)
    assert "one of them" in run("decisions", "drop", RAW, "--yes", code=2)
    run("decide", RAW, "--reject", id_of("tbat"), "--scope", "corpus")
    assert "of one file" in run("decisions", "drop", "--number", "1", "--yes", code=2)
    run("decisions", "drop", "rules/decisions/_corpus.jsonl", "--number", "1", "--yes")
    run("decisions", "drop", RAW, "--number", "2", "--yes")
    assert "tben" not in run("decisions", "list")
    assert 'reject "tbe"' in run("decisions", "list")


def test_who_names_a_text_is_told_where_decisions_for_all_stand(home):
    assert "nothing is decided about this text alone" in run("decisions", "drop", RAW, "--number", "1", code=2)
    assert "nothing is decided yet" in call("decisions", "list", RAW).stderr
    run("decide", RAW, "--reject", id_of("tben"), "--scope", "corpus")
    everywhere = "rules/decisions/_corpus.jsonl"
    said = " ".join(run("decisions", "drop", RAW, "--number", "1", "--yes", code=2).split())
    assert f"cleaner decisions drop {everywhere} --number 1" in said
    assert f"cleaner decisions list {everywhere}" in call("decisions", "list", RAW).stderr
    assert "_corpus.jsonl" in run("decisions", "drop", "--help")
    assert "decided for all" not in call("decisions", "stale", RAW).stderr
    run("decisions", "drop", everywhere, "--number", "1", "--yes")
    assert "nothing is decided yet" in call("decisions", "list", RAW).stderr


def test_a_renamed_raw_file_keeps_its_decisions_and_takes_their_file_along(home):
    run("decide", RAW, "--reject", id_of("tbe"))
    RAW.rename(RAW.with_name("new.txt"))
    new = CLEAN.with_name("new.txt")
    for old, path in ((CLEAN, new), (LOG, LOG.with_name("new.changes.jsonl"))):
        old.rename(path)
    assert run("decisions", "list").splitlines()[0] == f"{FILE}: its raw file is new.txt by now"
    assert run("decisions", "list", "corpora/raw/new.txt") == run("decisions", "list")
    run("decide", "corpora/raw/new.txt", "--at", "3:5", "--replace", "men=women")
    assert not FILE.exists()
    assert len(FILE.with_name("new.txt.jsonl").read_text().splitlines()) == 3
    run("clean")
    assert new.read_text().startswith("The women upon tbe quay")


def test_to_drop_takes_the_file_along_too(home):
    run("decide", RAW, "--reject", id_of("tbe"), "--reject", id_of("tben"))
    RAW.rename(RAW.with_name("new.txt"))
    run("decisions", "drop", "corpora/raw/new.txt", "--number", "1", "--yes")
    assert not FILE.exists()
    assert FILE.with_name("new.txt.jsonl").read_text().count('"verdict"') == 1


def test_what_was_said_of_the_file_that_had_this_name_before_stays(home):
    other = put(RAW.with_name("other.txt"), SCAN.replace("his mother", "an aunt"))
    run("clean")
    run("decide", RAW, "--reject", id_of("tbe"))
    run("decide", other, "--at", "3:5", "--replace", "men=hands")
    RAW.unlink()
    other.rename(RAW)
    run("clean")
    assert CLEAN.read_text().startswith("The hands upon the quay")
    run("decide", RAW, "--at", "3:9", "--replace", "upon=on")
    assert FILE.read_text().count('"verdict"') == 2
    [aside] = FILE.parent.glob("scan.txt.*.jsonl")  # and is obeyed where that text turns up again
    assert aside != FILE
    put(RAW.with_name("found.txt"), SCAN)
    run("clean")
    assert "upon tbe quay" in CLEAN.with_name("found.txt").read_text()
    run("clean")
    assert CLEAN.read_text().startswith("The hands on the quay")


def test_of_a_raw_file_that_is_gone_nothing_is_told_or_dropped(home):
    run("decide", RAW, "--reject", id_of("tbe"))
    RAW.unlink()
    assert run("decisions", "list").splitlines() == [
        f"{FILE}: its raw file is not in corpora/raw",
        '    1  at 27  reject "tbe" -> "the"',
    ]
    assert "nothing was dropped" in call("decisions", "drop", "--stale", "--yes").stderr
    assert FILE.exists()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "scan.txt.jsonl:3: this is no line of JSON"),
        ('{"verdict":"acept","raw":[0,0],"text":""}', "scan.txt.jsonl:3: verdict 'acept' is unknown"),
        ('{"verdict":"accept","raw":[0,3],"text":"a"}', "scan.txt.jsonl:3: raw = [0, 3] is not the span"),
        ('{"verdict":"accept","scope":"corpus","text":"a"}', "scope 'corpus' does not belong into this file"),
    ],
)
def test_a_broken_ledger_is_named_with_file_line_and_cure(home, line, said):
    run("decide", RAW, "--reject", id_of("tbe"))
    before = FILE.read_text() + line + "\n"
    FILE.write_text(before)
    for command in (["decisions", "list"], ["decide", RAW, "--furniture", "1"], ["review"], ["freeze", RAW]):
        found = " ".join(call(*command).stderr.split())
        assert said in found, command
        assert "->" in found
    assert FILE.read_text() == before


# ---- adopt, freeze ---------------------------------------------------------------------------------------------------


def test_an_edited_text_is_adopted_and_stays(home):
    edited = CLEAN.read_text().replace("nets", "big nets").replace("Nobody", "No one")
    put(CLEAN, edited)
    assert "cleaner adopt" in call("clean").stderr
    assert "edited since" in run("decide", CLEAN, "--at", "1:1", "--replace", "The=A", code=3)
    assert "2 decisions" in call("adopt", CLEAN, "--who", "Ada").stderr
    assert CLEAN.read_text() == edited
    assert store.restore(CLEAN) == SCAN.encode()
    assert "up to date" in call("clean").stderr
    run("clean", "--force")
    assert CLEAN.read_text() == edited
    assert not list(CLEAN.parent.glob("*.edited*"))
    assert "not edited" in call("adopt", CLEAN).stderr


@pytest.mark.parametrize("encode", [
    lambda text: text.replace("\n", "\r\n").encode(),
    lambda text: text.encode("utf-8-sig"),
    lambda text: text.replace("\n", "\r\n").encode("utf-8-sig"),
    lambda text: text.encode("utf-16"),
])  # fmt: skip
def test_what_an_editor_does_to_a_whole_file_is_no_edit(home, encode):
    text = CLEAN.read_text()
    put(CLEAN, encode(text))
    assert "0 decisions" in call("adopt", CLEAN).stderr
    assert CLEAN.read_bytes() == text.encode()
    put(CLEAN, encode(text.replace("nets", "lines")))
    assert "1 decision" in call("adopt", CLEAN).stderr
    assert CLEAN.read_bytes() == text.replace("nets", "lines").encode()


def test_some_other_line_ends_are_an_edit():
    assert as_text(b"a\r\nb\n", "a\nb\n", Path("x")) == "a\r\nb\n"
    assert as_text(b"a\r\nb\r\n", "a\r\nb\n", Path("x")) == "a\r\nb\r\n"
    assert as_text(b"a\rb\r\n", "a\nb\n", Path("x")) == "a\rb\r\n"


def test_what_is_no_text_any_more_is_not_adopted(home):
    put(CLEAN, b"caf\xe9\n")
    assert "no UTF-8 any more" in run("adopt", CLEAN, code=3)
    assert CLEAN.read_bytes() == b"caf\xe9\n"
    assert not FILE.exists()


def test_it_is_cleaned_again_as_it_was_cleaned(home):
    run("clean", "--layout", "lines", "--skip", "words", "--force")
    edited = CLEAN.read_text().replace("quay", "pier")
    put(CLEAN, edited)
    run("adopt", CLEAN)
    assert CLEAN.read_text() == edited
    assert "tben" in edited
    assert "pier" in cleaned()


def test_what_would_not_come_out_as_it_was_edited_stays(home, monkeypatch):
    edited = CLEAN.read_text().replace("quay", "pier")
    Path("mine.toml").write_text(
        '[[rule]]\nid = "x"\nkind = "word"\nmatch = "nets"\nreplace = "lines"\nwhy = "a test"\n'
        'examples = [["the nets hung", "the lines hung"]]\nkeep = ["a net"]\n'
    )
    Path("cleaner.toml").write_text('language = "en"\nrules = ["mine.toml"]\n')
    put(CLEAN, edited)
    assert "left as you edited it" in run("adopt", CLEAN, code=3)
    assert CLEAN.read_text() == edited
    assert "pier" in FILE.read_text()
    run("clean", "--force")
    assert CLEAN.read_text() == edited.replace("nets", "lines")
    assert CLEAN.with_name("scan.txt.edited").read_text() == edited


def test_an_edit_of_a_text_whose_raw_file_changed_or_went_waits(home):
    edited = CLEAN.read_text().replace("quay", "pier")
    put(CLEAN, edited)
    put(RAW, SCAN + "More.\n")
    assert "its raw file has changed since" in run("adopt", CLEAN, code=3)
    RAW.unlink()
    assert "the raw file of scan.txt is not there" in run("adopt", CLEAN, code=3)
    put(RAW, SCAN)
    LOG.write_text(LOG.read_text().replace('"after":"then"', '"after":"them"', 1))
    run("adopt", CLEAN, code=3)
    assert CLEAN.read_text() == edited
    assert not FILE.exists()


def test_who_saves_while_it_is_adopted_keeps_the_text(home, monkeypatch):
    put(CLEAN, CLEAN.read_text().replace("quay", "pier"))
    later = CLEAN.read_text().replace("nets", "lines")
    work = corpus.Work._clean

    def slowly(self, task):
        put(CLEAN, later)
        return work(self, task)

    with monkeypatch.context() as patched:
        patched.setattr(corpus.Work, "_clean", slowly)
        run("adopt", CLEAN, code=3)
    assert CLEAN.read_text() == later
    run("adopt", CLEAN)
    assert CLEAN.read_text() == later


def test_who_saves_before_line_ends_are_put_right_keeps_the_text(home, monkeypatch):
    put(CLEAN, CLEAN.read_text().replace("quay", "pier").replace("\n", "\r\n"))
    later = CLEAN.read_bytes().replace(b"nets", b"lines")
    adopt = Desk.adopt

    def slowly(self, name, edited):
        put(CLEAN, later)
        return adopt(self, name, edited)

    monkeypatch.setattr(Desk, "adopt", slowly)
    assert "was edited meanwhile" in run("adopt", CLEAN, code=3)
    assert CLEAN.read_bytes() == later


def test_one_text_that_cannot_be_adopted_keeps_no_other_from_it(home):
    put(RAW.with_name("a.txt"), SCAN)
    run("clean")
    put(CLEAN.with_name("a.txt"), b"\xff\n")
    put(CLEAN, CLEAN.read_text().replace("quay", "pier"))
    assert "1 decision" in run("adopt", CLEAN.parent, code=3)
    assert FILE.exists()


def test_a_book_is_adopted(home):
    for k, page in enumerate(SCAN.split("\f"), 1):
        put(Path(f"corpora/raw/book/p{k}.txt"), page)
    run("clean")
    clean = Path("corpora/clean/book.txt")
    edited = clean.read_text().replace("Nobody spoke", "No one spoke")
    put(clean, edited)
    run("adopt", clean)
    assert clean.read_text() == edited
    assert sorted(store.restore(clean)) == ["p1.txt", "p2.txt", "p3.txt", "p4.txt"]


@given(st.data())
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_law_clean_edit_adopt_clean_gives_the_edited_text(home, data):
    shutil.rmtree("rules", ignore_errors=True)
    run("clean", "--force")
    for _ in range(data.draw(st.integers(1, 2))):
        edited = data.draw(edits_of(CLEAN.read_bytes().decode()))
        put(CLEAN, edited)
        assert "left" not in call("adopt", CLEAN).stderr
        assert CLEAN.read_bytes() == edited.encode()
        run("clean", "--force")
        assert CLEAN.read_bytes() == edited.encode()
        assert store.restore(CLEAN) == SCAN.encode()


def test_a_frozen_text_is_left_alone_until_it_is_thawed(home):
    text = CLEAN.read_text()
    assert f"{CLEAN}: frozen" in call("freeze", CLEAN).stderr
    assert "is frozen already" in call("freeze", RAW).stderr
    Path("cleaner.toml").write_text('language = "en"\nskip = ["words"]\n')
    assert "frozen, left as they are: 1" in call("clean").stderr
    assert CLEAN.read_text() == text
    assert "{+tbe+}" in run("diff", "--would")
    put(CLEAN, text.replace("quay", "pier"))
    assert "is frozen" in run("adopt", CLEAN, code=3)
    assert "thawed" in call("thaw", CLEAN).stderr
    assert not FILE.exists()
    assert "is thawed already" in call("thaw", RAW).stderr
    assert "edited since" in run("freeze", CLEAN, code=3)


def test_frozen_goes_with_a_renamed_file(home):
    run("freeze", CLEAN)
    RAW.rename(RAW.with_name("new.txt"))
    CLEAN.rename(CLEAN.with_name("new.txt"))
    LOG.rename(LOG.with_name("new.changes.jsonl"))
    run("decide", "corpora/raw/new.txt", "--furniture", "1")
    assert "frozen" in run("decisions", "list")
    assert not FILE.exists()


# ---- patches ---------------------------------------------------------------------------------------------------------


def test_a_patch_is_taken_over_by_another_copy(home, tmp_path_factory, monkeypatch):
    run("decide", RAW, "--reject", id_of("tbe"), "--at", "3:5", "--replace", "men=women", "--who", "Ada")
    run("decide", RAW, "--reject", id_of("tbat"), "--scope", "corpus")
    text = cleaned()
    patch = tmp_path_factory.mktemp("there") / "scan.patch"
    run("export", "--patch", CLEAN, "--out", patch)
    assert "exists" in run("export", "--patch", CLEAN, "-o", patch, code=2)
    assert run("export", "--patch", LOG) == patch.read_text()
    monkeypatch.chdir(patch.parent)
    Path("cleaner.toml").write_text('language = "en"\n')
    put(Path("corpora/raw/deep/mine.txt"), SCAN)
    assert "3 decisions written" in call("import", patch).stderr
    run("clean")
    assert Path("corpora/clean/deep/mine.txt").read_text() == text
    assert "0 decisions written\n" in call("import", patch).stderr
    Path("cleaner.toml").write_text('language = "en"\nskip = ["words"]\n')
    shutil.rmtree("rules")
    run("import", patch, "corpora/raw/deep/mine.txt")
    run("clean")
    assert Path("corpora/clean/deep/mine.txt").read_text() == text
    assert "cleaner " in run("decisions", "list")


def test_a_patch_for_other_bytes_is_taken_over_where_it_fits_once(home):
    run("decide", RAW, "--reject", id_of("tbe"), "--reject", id_of("tben"))
    patch = put(Path("scan.patch"), run("export", "--patch", RAW))
    shutil.rmtree("rules")
    other = put(Path("corpora/raw/other.txt"), "A page more.\n\n" + SCAN.replace("tbe quay", "tbe dock"))
    said = call("import", patch, other)
    assert said.exit_code == 1
    assert 'does not fit: reject "tbe" -> "the"' in said.stdout
    run("clean")
    text = Path("corpora/clean/other.txt").read_text()
    assert "and tben" in text
    assert "upon the dock" in text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("", "x.patch:1: this is no line of JSON"),
        ("[]\n", "x.patch:1: this is no line of a patch"),
        ('{"kind":"decisions"}\n', "no patch of format 1"),
        ('{"kind":"patch","format":1,"source":"a","sha256":1}\n', "must be texts"),
        ('{"kind":"patch","format":1,"source":"a","sha256":"b","by":""}\n{"verdict":"x"}\n', "x.patch:2: verdict 'x'"),
        ('{"kind":"patch","format":1,"source":"a","sha256":"b","by":""}\n{"verd', "the last line is cut off"),
        ('{"kind":"patch","format":1,"source":"a","sha256":"b","by":""}\n', "not just one text"),
        (
            '{"kind":"patch","format":1,"source":"scan.txt","sha256":"b","by":""}\n'
            '{"verdict":"accept","scope":"corpus","text":"a"}\n',
            "x.patch:2: a patch is for one text",
        ),
    ],
)
def test_a_broken_patch_is_named_with_its_line(home, data, said):
    put(Path("x.patch"), data)
    assert said in run("import", "x.patch", code=2)
    assert not Path("rules").exists()


def test_a_patch_of_a_text_in_another_folder(home):
    run("clean", RAW, "--out", "texts")
    patch = run("export", "--patch", RAW, "--clean", "texts")
    CLEAN.unlink()
    LOG.unlink()
    assert run("export", "--patch", RAW, "--clean", "texts") == patch
    assert "nothing is cleaned there yet" in run("export", "--patch", RAW, code=2)
    assert "with --out texts (of export --clean)" in run("export", "--patch", "texts/scan.txt", code=2)


def test_there_is_no_patch_without_a_file(home):
    assert "no such file" in run("import", "none.patch", code=2)
    assert "--patch" in run("export", CLEAN, code=2)
    assert "give a patch" in run("import", "corpora", code=2)


def test_what_a_terminal_garbled_is_not_written(home):
    garbled = os.fsdecode(b"tb\xe9")
    assert "is no text" in run("decide", RAW, "--replace", f"{id_of('tbe')}={garbled}", code=2)
    assert "is no text" in run("decide", RAW, "--at", "3:5", "--replace", f"men={garbled}", code=2)
    assert not FILE.exists()


def test_a_damaged_log_is_named(home):
    changed = LOG.read_text().replace('"status"', '"state"')
    put(LOG, "{")
    for command in (["decide", RAW, "--furniture", "1"], ["freeze", RAW], ["adopt", CLEAN], ["review"]):
        assert f"{CLEAN}: the change log is cut off" in run(*command, code=3)
    put(LOG, changed)
    assert f"{CLEAN}: the change log was changed" in run("decide", RAW, "--furniture", "1", code=3)


def test_nothing_is_dropped_where_nobody_answers(home, monkeypatch, capsys):
    run("decide", RAW, "--furniture", "1")
    monkeypatch.setattr(sys, "stdin", None)
    main(["decisions", "drop", "--number", "1", str(FILE)], standalone_mode=False)
    assert "nothing was dropped" in capsys.readouterr().err
    assert FILE.exists()


# ---- which text a path means -----------------------------------------------------------------------------------------


def test_a_batch_elsewhere_is_named_by_its_raw_files(home):
    put(Path("scans/a.txt"), SCAN)
    run("clean", "scans", "--out", "texts")
    assert "is a clean text outside of corpora/clean" in run("decide", "texts/a.txt", "--furniture", "1", code=2)
    assert "texts holds clean texts outside of corpora/clean" in run("review", "texts", code=2)
    assert "which raw file it was made of" in run("adopt", "texts/a.txt", "--out", "texts", code=2)
    run("decide", "scans/a.txt", "--out", "texts", "--at", "3:5", "--replace", "men=women")
    assert "women" in Path("rules/decisions/scans/a.txt.jsonl").read_text()
    run("clean", "scans", "--out", "texts")
    text = Path("texts/a.txt").read_text()
    assert text.startswith("The women")
    put(Path("texts/a.txt"), text.replace("nets", "lines"))
    run("adopt", "scans/a.txt", "--out", "texts")
    assert Path("texts/a.txt").read_text() == text.replace("nets", "lines")


def test_a_zip_is_a_book(home):
    with zipfile.ZipFile("corpora/raw/volume.zip", "w") as archive:
        for k, page in enumerate(SCAN.split("\f"), 1):
            archive.writestr(f"p{k}.txt", page)
    run("clean", "--book", "corpora/raw/volume.zip")
    said = ["--book", "corpora/raw/volume.zip"]
    run("decide", "corpora/raw/volume.zip", *said, "--at", "p1.txt:3:5", "--replace", "men=women")
    run("clean", *said)
    assert Path("corpora/clean/volume.txt").read_text().startswith("The women")


def test_clean_and_raw_paths_together_mean_just_these(home):
    put(RAW.with_name("b.txt"), SCAN)
    put(RAW.with_name("c.txt"), SCAN)
    run("clean")
    assert [text.name for text in desk(CLEAN, RAW.with_name("b.txt")).texts] == ["b.txt", "scan.txt"]
    assert [text.name for text in desk(CLEAN.parent).texts] == ["b.txt", "c.txt", "scan.txt"]
    with pytest.raises(UsageError, match="no such file"):
        desk(CLEAN.with_name("none.txt"))


def test_a_text_whose_raw_file_is_gone_can_still_be_decided_about(home):
    RAW.unlink()
    run("decide", CLEAN, "--reject", id_of("tbe"))
    assert FILE.exists()
    put(RAW, SCAN)
    assert "upon tbe quay" in cleaned()


def test_a_book_that_is_gone_can_still_be_decided_about(home):
    for k, page in enumerate(SCAN.split("\f"), 1):
        put(Path(f"corpora/raw/book/p{k}.txt"), page)
    run("clean")
    Path("corpora/raw/book").rename("away")
    run("decide", "corpora/clean/book.txt", "--at", "1:5", "--replace", "men=women")
    assert FILE.with_name("book.jsonl").exists()
    Path("away").rename("corpora/raw/book")
    run("clean")
    assert Path("corpora/clean/book.txt").read_text().startswith("The women")


def test_two_people_at_once_lose_nothing(home):
    one, other = desk(CLEAN), desk(CLEAN)
    for table in (one, other):
        table.sheet("scan.txt")
    one.decide("scan.txt", [id_of("tbe")], "reject")
    with pytest.raises(DecisionError, match="changed by somebody else"):
        other.decide("scan.txt", [id_of("tben")], "reject")
    other.decide("scan.txt", [id_of("tben")], "reject")
    with pytest.raises(DecisionError, match="changed by somebody else"):
        one.undo()
    assert FILE.read_text().count('"verdict"') == 2


def test_many_people_at_once_lose_nothing(home):
    ids = [change["id"] for change in changes() if "rule" in change]

    def decide(id_):
        table = desk(CLEAN)
        for _ in range(500):
            try:
                return table.decide("scan.txt", [id_], "reject")
            except UsageError:
                table = desk(CLEAN)
        raise AssertionError(id_)

    with ThreadPoolExecutor(len(ids)) as pool:
        list(pool.map(decide, ids))
    assert FILE.read_text().count('"verdict"') == len(ids)


def test_no_more_texts_are_held_than_are_looked_at(home, monkeypatch):
    monkeypatch.setattr("cleaner.review.desk.OPEN", 2)
    for name in "abcd":
        put(RAW.with_name(f"{name}.txt"), SCAN)
    run("clean")
    table = desk()
    for text in table.texts:
        assert table.sheet(text.name).text == text
    assert len(table._sheets) == 2


def test_a_folio_without_lines_and_blank_spans(home):
    table = desk(CLEAN)
    with pytest.raises(UsageError, match="no span"):
        table.say("scan.txt", "furniture", 5, len(SCAN) + 1)
    with pytest.raises(UsageError, match="nobody can say"):
        table.say("scan.txt", "accept", 0, 1)
    head = SCAN.index("\fTHE FERRY 82")
    assert table.say("scan.txt", "furniture", head, head + 3).text == "THE FERRY 82"


def test_undecodable_bytes_do_not_stop_what_was_decided(home):
    raw = SCAN.encode().replace(b"tbe quay", b"tbe qu\x81y")
    put(RAW, raw)
    run("clean")
    run("decide", RAW, "--at", "3:18", "--replace", "qu=Qu")
    text = cleaned()
    assert "the Qu\ufffdy" in text
    assert store.restore(CLEAN) == raw
    page = ledger.load(Path("rules/decisions"), Path("corpora/raw")).page("scan.txt")
    assert all(isinstance(one, Decision) for one in page.decisions)
