"""``cleaner review`` at a terminal and through a pipe: what is asked, what each key does, what a sample says."""

import os
import select
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from cleaner.cli import main
from cleaner.decisions import Decision
from cleaner.errors import UsageError
from cleaner.names import WIDTH
from cleaner.review import sample, shown, web
from cleaner.review.items import Item
from cleaner.review.queries import Query
from cleaner.review.session import open_session
from cleaner.series import Series, series
from tests.strategies import texts
from tests.test_decisions import SCAN
from tests.test_decisions_cli import CLEAN, FILE, LOG, RAW, call, changes, cleaned, desk, id_of, put, run

ROOT = Path(__file__).parent.parent
ESC, BIDI = "\x1b[31m", "\N{RIGHT-TO-LEFT OVERRIDE}"


@pytest.fixture
def home(tmp_path, monkeypatch):
    """Nothing is sure enough here: all is held."""
    monkeypatch.chdir(tmp_path)
    Path("cleaner.toml").write_text('language = "en"\n[thresholds]\nwords = 1.0\n')
    put(RAW, SCAN)
    run("clean")
    return tmp_path


def review(keys, *arguments, code=0):
    result = CliRunner().invoke(main, ["review", *map(str, arguments)], input="\n".join(keys) + "\n")
    assert result.exit_code == code, result.output
    return result


def cards(result):
    return [line for line in result.stdout.splitlines() if line.partition("  ")[0].replace("/", "").isdigit()]


# ---- what is asked ---------------------------------------------------------------------------------------------------


def test_what_is_held_is_asked_those_first_of_which_one_answer_settles_most(home):
    found = cards(review("sssss"))
    assert len(found) == 5
    assert found[0].startswith("1/5  scan.txt:3:14")
    both = [change["line"] for change in changes() if change["before"] == "tbe"]
    assert [int(line.split(":")[1]) for line in found[:2]] == both


def test_by_place(home):
    lines = [int(line.split(":")[1]) for line in cards(review("sssss", "--sort", "place"))]
    assert lines == sorted(lines)
    assert len(lines) == 5


@pytest.mark.parametrize(
    ("options", "is_asked"),
    [
        (["--stage", "words"], lambda change: change["stage"] == "words"),
        (["--stage", "hyphens"], lambda change: change["stage"] == "hyphens"),
        (["--rule", "confusions"], lambda change: change["rule"].startswith("confusions.")),
        (["--rule", "confusions.tbe"], lambda change: change["rule"] == "confusions.tbe"),
        (["--page", "84"], lambda change: change["page"] == "84"),
        (["--page", "82", "--page", "84"], lambda change: change["page"] in ("82", "84")),
        (["--file", "scan.txt"], lambda change: True),
        (["--min-confidence", "0.98"], lambda change: change["confidence"] >= 0.98),
        (["--max-confidence", "0.97"], lambda change: change["confidence"] <= 0.97),
    ],
)
@pytest.mark.parametrize("status", ["held", "applied"])
def test_filters(home, options, is_asked, status):
    first = [change for change in changes() if "rule" in change]
    wanted = [
        f"{change['line']}:{change['column']}" for change in first if change["status"] == status and is_asked(change)
    ]
    found = cards(review("s" * 30, *options, "--status", status, "--sort", "place"))
    assert [line.split()[1].partition(":")[2] for line in found] == wanted


def test_an_unknown_file_is_told(home):
    assert "did you mean scan.txt?" in review("q", "--file", "scam.txt", code=2).stderr
    assert "nothing is cleaned there yet" in call("review", put(Path("scans/x.txt"), "x\n")).stderr


def test_all_shows_what_was_applied_and_what_is_decided(home):
    review("a")
    found = review("s" * 20, "--all")
    assert len(cards(found)) == len([change for change in changes() if "rule" in change])
    assert 'decided: accept "the"' in found.stdout
    assert len(cards(review("s" * 20))) == 4


def test_a_card_says_all_in_80_columns_and_not_by_colour_alone(home):
    lines = review("q").stdout.splitlines()
    assert max(map(len, lines)) <= WIDTH
    said = " ".join(" ".join(lines).split())
    assert "1/5 scan.txt:3:14 p. 81 The men upon [-tbe-]{+the+} quay looked" in said
    assert "held: below: " in said
    assert 'readings: "the" 0.9' in said
    assert "1 more like this" in said


# ---- what each key does ----------------------------------------------------------------------------------------------


def decided():
    if not FILE.exists():
        return []
    return [line.strip() for line in run("decisions", "list", FILE).splitlines()[1:]]


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        (["a"], "upon the quay"),
        (["e", "thee"], "upon thee quay"),
        (["e", "the\\nold"], "upon the\nold quay"),
        (["l", "a"], "before the bell"),
        (["l", "e", "ye"], "before ye bell"),
        (["d", "a"], "before the bell"),
        (["d", "e", "ye"], "before ye bell"),
        (["c", "a"], "before the bell"),
    ],
)
def test_a_key_decides(home, keys, text):
    found = review([*keys, "q"])
    assert f"{2 if keys[0] in 'ldc' else 1} decided" in found.stderr
    assert "make clean" in found.stderr
    assert text in cleaned()


@pytest.mark.parametrize("keys", [["r"], ["l", "r"], ["d", "r"], ["c", "r"]])
def test_what_is_refused_stays_whatever_the_settings_say(home, keys):
    review([*keys, "q"])
    Path("cleaner.toml").write_text('language = "en"\n')
    assert cleaned().count("tbe ") == (1 if keys == ["r"] else 2)


@pytest.mark.parametrize("keys", [["s"], ["e", ""], ["l", "x"], ["?"], ["x"], ["u"], ["b"], ["q"], [""]])
def test_a_key_that_decides_nothing(home, keys):
    assert "0 decided, 5 left" in review([*keys, "q"]).stderr
    assert not FILE.exists()


def test_all_like_it_are_shown_first(home):
    lines = review(["l", "q", "q"]).stdout.splitlines()
    found = [line for line in lines if line.startswith("scan.txt:") and "[-tbe-]{+the+}" in line]
    assert [line.split()[0] for line in found] == [
        f"scan.txt:{change['line']}" for change in changes() if change["before"] == "tbe"
    ]
    assert len({line.index("[-") for line in found}) == 1
    assert max(map(len, lines)) <= WIDTH


def test_what_is_settled_is_not_asked_again(home):
    assert [line.split("/")[0] for line in cards(review(["l", "a", "q"]))] == ["1", "3"]


def test_what_touches_no_word_is_like_nothing_else():
    item = Item(**{**vars(made("words", 0.9, 0)), "series": Series("", ",")})
    assert item.decision("accept", "a").after == "b"
    with pytest.raises(UsageError, match="touches no word"):
        item.decision("accept", "a", scope="document")


def test_to_write_what_stands_there_is_to_refuse(home):
    review(["e", "tbe", "q"])
    assert decided() == ['1  3:14  reject "tbe" -> "the"']


def test_back_shows_what_was_decided_and_takes_another_answer(home):
    found = review(["a", "b", "r", "q"])
    assert 'decided: accept "the"' in found.stdout
    assert decided() == ['1  3:14  reject "tbe" -> "the"']


def test_undo_takes_the_last_answer_back_however_much_it_settled(home):
    assert "the last answer is taken back" in review(["a", "u", "q"]).stderr
    assert decided() == []
    found = review(["l", "e", "ye", "c", "r", "u", "u", "u", "q"])
    assert "there is nothing to take back" in found.stderr
    assert "0 decided, 5 left" in found.stderr
    assert decided() == []
    assert not Path("rules/decisions/_corpus.jsonl").exists()
    review(["a", "s", "u", "r", "q"])
    assert decided() == ['1  3:14  reject "tbe" -> "the"']


def test_every_answer_is_saved_as_it_is_given(home):
    review(["a"])  # stdin ends here
    assert decided() == ['1  3:14  accept "tbe" -> "the"']


def test_one_answer_for_several_texts(home):
    put(RAW.with_name("other.txt"), SCAN)
    run("clean")
    found = review(["l", "a", "q"])
    assert "3 more like this, 2 of them in other texts" in " ".join(found.stdout.split())
    assert "4 decided, 6 left" in found.stderr
    review(["u", "q"])
    shutil.rmtree("rules")
    assert "2 decided, 8 left" in review(["d", "a", "q"]).stderr
    shutil.rmtree("rules")
    assert "4 decided, 6 left" in review(["l", "a", "q"]).stderr
    assert FILE.with_name("other.txt.jsonl").read_text().count("accept") == 2
    review(["u", "d", "r", "q"], CLEAN.with_name("other.txt"))
    review(["c", "r", "q"])
    assert Path("rules/decisions/_corpus.jsonl").exists()


def test_a_word_that_two_changes_touch_is_written_once(home):
    session = open_session(desk(CLEAN), Query(statuses=("held",)))
    item = session.ask().item
    session.write([item, item], "ye")
    assert "upon ye quay" in cleaned()


def test_what_another_person_wrote_meanwhile_is_read_again(home, monkeypatch):
    from cleaner.review import session as module

    asked = module.Session.ask
    other = Decision("reject", SCAN[27:30], "x", (27, 30))

    def ask(self):
        if not FILE.exists():
            found = asked(self)
            self.desk.sheet("scan.txt")
            desk(CLEAN).note("scan.txt", [other])
            return found
        return asked(self)

    monkeypatch.setattr(module.Session, "ask", ask)
    found = review(["a", "a", "q"])
    assert "changed by somebody else meanwhile" in found.stderr
    assert "1 decided" in found.stderr
    assert len(decided()) == 2


def test_an_answer_that_fails_is_taken_back_as_a_whole(home, monkeypatch):
    put(RAW.with_name("other.txt"), SCAN)
    run("clean")
    put(CLEAN.with_name("other.txt"), "edited\n")
    found = review("s" * 9, code=3)
    assert "was edited since" in found.stderr
    assert len(cards(found)) == 5
    run("clean", "--force")
    from cleaner.review.desk import Desk

    decide = Desk.decide

    def failing(self, name, *arguments, **more):
        if name == "scan.txt":
            put(FILE, "{}\n")
        return decide(self, name, *arguments, **more)

    monkeypatch.setattr(Desk, "decide", failing)
    found = review(["l", "a", "q"])
    assert "0 decided" in found.stderr
    assert not FILE.with_name("other.txt.jsonl").exists()


def test_hostile_text_is_shown_escaped(home):
    put(RAW, SCAN.replace("men upon tbe", f"{ESC}m{BIDI}en\x00 upon tbe").replace("tben went", f"tb\x07en{ESC} went"))
    run("clean")
    found = review("s" * 30, "--all", "--sort", "place")
    assert "\x1b" not in found.stdout
    assert BIDI not in found.stdout
    assert "\x00" not in found.stdout
    assert "\x07" not in found.stdout
    assert "\\x1b[31m" in found.stdout


def test_the_browser_is_asked_for(home, monkeypatch):
    called = {}
    monkeypatch.setattr(
        web, "serve", lambda desk, **more: called.update(more, texts=[text.name for text in desk.texts])
    )
    review("", CLEAN, "--serve", "--port", "8123", "--no-browser")
    assert called.pop("say")
    assert called == {"port": 8123, "open_browser": False, "texts": ["scan.txt"]}


def test_what_the_browser_would_not_obey_is_said(home):
    told = review("", CLEAN, "--serve", "--status", "held", "--all", "--no-browser", code=2).stderr
    assert "--serve shows all changes: --status, --all" in told


# ---- at a terminal ---------------------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals there")
def test_at_a_terminal_keys_need_no_return(home):
    import pty

    leader, follower = pty.openpty()
    command = [sys.executable, "-P", "-m", "cleaner", "review"]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", "COLUMNS": "80"}
    process = subprocess.Popen(command, stdin=follower, stdout=follower, stderr=follower, env=env)
    os.close(follower)
    try:
        seen = _press(leader, b"", b"?")
        for key, until in ((b"r", b"?"), (b"e", b"as it is)"), (b"ye\r", b"?"), (b"?", b"?"), (b"\x04", None)):
            seen += _press(leader, key, until)
        assert process.wait(30) == 0
    finally:
        process.kill()
        process.wait()
        os.close(leader)
    assert b"\x1b[31m[-tbe-]\x1b[0m\x1b[32m{+the+}\x1b[0m" in seen
    assert b"2 decided, 3 left" in seen
    assert decided()[0] == '1  3:14  reject "tbe" -> "the"'
    assert '"ye"' in decided()[1]


def _press(handle, key, until):
    """What a program says to a key until it waits for the next one, or, with None, until it has ended.

    What is typed before a terminal is ready for single keys is thrown away, so a key may have to be pressed again.
    """
    found = b""
    for _ in range(20):
        os.write(handle, key)
        while select.select([handle], [], [], 3)[0]:
            try:
                found += os.read(handle, 4096)
            except OSError:  # the program has ended
                return found
            if until is not None and found.rstrip().endswith(until) and found.strip() != key:
                return found
    raise AssertionError(found)


# ---- a sample --------------------------------------------------------------------------------------------------------


@pytest.fixture
def sampled(home):
    Path("cleaner.toml").write_text('language = "en"\n')
    run("clean")
    return [change for change in changes() if change["status"] == "applied" and "rule" in change]


def test_a_sample_is_judged_and_what_is_wrong_is_refused(sampled):
    found = review(["r"] * 3 + ["w", "u", "b", "r"] + ["r"] * 20, "--sample", "50", "--seed", "1")
    lines = found.stdout.splitlines()
    table = lines[next(k for k, line in enumerate(lines) if "judged:" in line) :]
    assert (
        table[0]
        == f"{len(sampled)} of {len(sampled)} applied changes judged: {len(sampled) - 1} right, 1 wrong, 0 unsure"
    )
    assert table[-1].split()[:4] == ["all", str(len(sampled)), str(len(sampled)), str(len(sampled) - 1)]
    assert {line.split()[0] for line in table[2:]} == {change["stage"] for change in sampled} | {"all"}
    assert sum("reject" in line for line in decided()) == 1
    again = review([], "--sample", "50", "--seed", "1")
    assert again.stdout.splitlines() == table


def test_a_sample_can_be_gone_on_with(sampled):
    first = review(["r", "r", "q"], "--sample", "6", "--seed", "4")
    assert "2 of " in first.stdout
    assert "6 of " in review(["r"] * 4, "--sample", "6", "--seed", "4").stdout
    assert "drawn with --seed" in review(["q"], "--sample", "1").stderr


@pytest.mark.parametrize(
    "options", [["--seed", "1"], ["--sample", "2", "--all"], ["--sample", "2", "--status", "held"]]
)
def test_what_makes_no_sense_together(home, options):
    assert "--sample draws applied changes" in review("q", *options, code=2).stderr


def test_unsure_writes_nothing(sampled):
    found = review(["u"] * 50, "--sample", "50", "--seed", "1")
    assert f"0 right, 0 wrong, {len(sampled)} unsure" in found.stdout
    assert not FILE.exists()


def test_to_call_a_change_right_does_not_keep_another_stage_from_its_place(home):
    put(RAW, SCAN.replace("nets tbat", "ﬁeids tbat"))
    Path("cleaner.toml").write_text('language = "en"\n')
    text = cleaned()
    assert "the fields that" in text
    review(["r"] * 50, "--sample", "50", "--seed", "1", "--stage", "glyphs")
    assert cleaned() == text
    review(["r"] * 50, "--sample", "50", "--seed", "1")
    assert len(decided()) > 1
    assert cleaned() == text


def made(stage, confidence, number):
    return Item("a.txt", f"{stage}:{number}", stage, f"{stage}.x", "applied", confidence, "", (number, number + 1), 1, 1, "", "",
                "a", "a", "b", "", "", series("a", 0, 1, "b"))  # fmt: skip


@given(
    st.dictionaries(st.tuples(st.sampled_from("ab"), st.integers(0, 3)), st.integers(1, 90), min_size=1),
    st.integers(1, 99),
)
def test_law_as_many_are_drawn_as_were_asked_for_of_no_stratum_more_than_it_has(sizes, number):
    shares = sample.allocated(sizes, number)
    assert sum(shares.values()) == min(number, sum(sizes.values()))
    assert all(0 <= shares[key] <= sizes[key] for key in sizes)
    if number >= 4 * len(sizes):
        assert all(shares.values())


@given(st.lists(st.tuples(st.sampled_from(["words", "seal"]), st.sampled_from([0.5, 0.92, 0.97, 1.0])), max_size=60),
       st.integers(1, 40), st.integers(0, 3))  # fmt: skip
def test_law_a_sample_is_drawn_once_each_and_the_same_by_its_seed(kinds, number, seed):
    found = [made(*kind, k) for k, kind in enumerate(kinds)]
    drawn = sample.draw(found, number, seed)
    assert len({item.id for item in drawn}) == len(drawn) == min(number, len(found))
    assert sample.draw(found, number, seed) == drawn


def test_who_stops_early_has_judged_of_all_strata():
    found = [made("words", 0.99, k) for k in range(50)] + [made("seal", 0.6, k) for k in range(50, 100)]
    assert {item.stage for item in sample.draw(found, 60, 1)[:10]} == {"words", "seal"}


@pytest.mark.parametrize(
    ("share", "number", "low", "high"), [(0.9, 10, 0.596, 0.982), (0.5, 50, 0.366, 0.634), (1, 200, 0.981, 1)]
)
def test_wilson_as_in_the_books(share, number, low, high):
    """By hand from the formula, and as published: 9 of 10, 25 of 50, 200 of 200."""
    assert [round(bound, 3) for bound in sample.wilson(share, number)] == [low, high]


def test_strata_count_by_their_size():
    found = [made("words", 0.99, k) for k in range(90)] + [made("words", 0.6, k) for k in range(90, 100)]
    judged = {("words", 3): ["right"] * 10, ("words", 0): ["wrong"] * 10}
    whole = sample.estimate({key: len(items) for key, items in sample.strata(found).items()}, judged)
    assert whole.precision == pytest.approx(0.9)
    assert (whole.judged, whole.right) == (20, 10)
    assert whole.low < 0.9 < whole.high
    assert sample.estimate({("words", 3): 90}, {("words", 3): ["unsure"]}) is None
    assert list(sample.table(found, {}))[-1].split() == ["words", "100", "0"]


# ---- how it is shown -------------------------------------------------------------------------------------------------


@given(texts, texts, texts, texts, st.integers(20, 100))
def test_law_anything_can_be_shown_within_the_width(left, before, after, right, width):
    item = made("words", 0.9, 0)
    found = Item(**{**vars(item), "left": left[-60:], "before": before, "after": after, "right": right[:60]})
    lines = [*shown.concordance([found] * 3, width)]
    styled = shown.pieces(found)
    lines += [*shown._filled([(styled.left, "same"), *styled.change, (styled.right, "same")], width)]
    for line in lines:
        assert "".join(piece for piece, _ in line).isprintable()
    for line in lines[3:]:
        assert sum(len(piece) for piece, _ in line) <= max(width, 28)


def test_what_is_long_is_cut_in_the_middle_and_long_lists_at_the_end():
    item = made("words", 0.9, 0)
    long = Item(**{**vars(item), "before": "b" * 500, "after": ""})
    found = shown.pieces(long).before
    assert len(found) < 220
    assert found.startswith("bbb")
    assert found.endswith("bbb")
    assert " ... " in found
    lines = list(shown.concordance([item] * 50, 80))
    assert len(lines) == shown.LONGEST_LIST + 1
    assert lines[-1] == [("... and 30 more", "gap")]


def test_words_that_are_cut_at_the_edge_are_not_shown():
    item = Item(
        **{**vars(made("words", 0.9, 0)), "left": "x" * 10 + " ll" * 16 + "  ", "right": " rr" * 17 + " cutcutcu"}
    )
    assert shown.pieces(item).left == "ll" + " ll" * 15 + " "
    assert shown.pieces(item).right == " rr" * 17


def test_a_log_stands_for_its_text(home):
    assert "5 left" in review("q", LOG).stderr
    assert id_of("tbe") in LOG.read_text()
