"""Files of decisions: found for their raw file whatever became of it, obeyed by every run, never lost and never guessed."""

import json
import os
import threading
import time
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from cleaner import corpus, decisions, finding, finishing, ledger, resetting, sources, store
from cleaner.api import Cleaner
from cleaner.decisions import Decision
from cleaner.errors import DecisionError
from cleaner.ledger import ALL, Page
from cleaner.settings import Config, Settings

RAW = "The men upon tbe quay looked after it until the smoke was lost, and went back to their nets.\n"
OTHER = "Nobody spoke before tbe bell, for all were thinking of the boy who had gone aboard.\n"


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    put("raw/a.txt", RAW)
    put("raw/deep/b.txt", OTHER)
    return tmp_path


def put(path, text):
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text, encoding="utf-8")


def config(**given_):
    return Config(raw=Path("raw"), clean=Path("clean"), **given_)


def run(*, force=False, mode="write", **given_):
    plan = corpus.plan(
        finding.find([Path("raw")], Path("clean")), Path("clean"), config(), {"language": "en", **given_}
    )
    outcomes = [*map(plan.work(mode, force=force), plan.tasks)]
    finishing.finish(plan, outcomes, mode=mode)
    return {outcome.path.name: outcome for outcome in outcomes}


def books():
    return ledger.load(config().decisions, config().raw)


def here(text, old, after, verdict="replace"):
    span = text.index(old), text.index(old) + len(old)
    return Decision(verdict, old, after, span, context=decisions.context(text, *span))


def decide(name, text, *decided):
    found = books()
    page = found.page(name)
    found.write(ledger.noted(page, decided, sources.digest(text.encode())))


def clean(name="a.txt"):
    return (Path("clean") / name).read_text(encoding="utf-8")


def test_every_run_obeys_and_only_what_is_concerned_is_cleaned_again(home):
    run()
    decide("a.txt", RAW, here(RAW, "tbe", "ye"))
    assert {name: outcome.what for name, outcome in run().items()} == {"a.txt": "cleaned", "b.txt": "current"}
    assert "upon ye quay" in clean()
    assert store.restore(Path("clean/a.txt")) == RAW.encode()
    for _ in range(2):
        assert {outcome.what for outcome in run().values()} == {"current"}
        run(force=True, skip=("words",))
        assert "upon ye quay" in clean()
        run()


def test_a_decision_for_all_cleans_only_texts_that_it_may_concern(home):
    put("raw/c.txt", "No light was to be seen there.\n")
    run()
    found = books()
    found.write(ledger.noted(ledger.corpus_page(found), [Decision("reject", "tbe", "the", scope="corpus")], ""))
    what = {name: outcome.what for name, outcome in run().items()}
    assert what == {"a.txt": "cleaned", "b.txt": "cleaned", "c.txt": "current"}
    assert "upon tbe quay" in clean()
    assert "before tbe bell" in clean("deep/b.txt")


def test_a_raw_file_that_was_renamed_is_found_by_its_hash(home):
    decide("a.txt", RAW, here(RAW, "tbe", "ye"))
    Path("raw/a.txt").rename("raw/volume one.txt")
    run()
    assert "upon ye quay" in clean("volume one.txt")


def test_raw_files_that_took_each_others_names_are_found_by_their_hash(home):
    put("raw/b.txt", OTHER)
    decide("a.txt", RAW, here(RAW, "tbe", "ye"))
    decide("b.txt", OTHER, here(OTHER, "tbe", "thy"))
    Path("raw/b.txt").rename("raw/c.txt")
    Path("raw/a.txt").rename("raw/b.txt")
    put("raw/a.txt", "It left at seven.\n")
    run()
    assert "upon ye quay" in clean("b.txt")
    assert "before thy bell" in clean("c.txt")


def test_raw_files_whose_names_rotate_keep_each_its_decisions(home):
    third = "The ferry left at seven, and tbe men went home to their wives.\n"
    for name, text in (("a", RAW), ("b", OTHER), ("c", third)):
        put(f"raw/{name}.txt", text)
        decide(f"{name}.txt", text, here(text, "tbe", f"the-{name}"))
    for name, text in (("b", RAW), ("c", OTHER), ("a", third)):
        put(f"raw/{name}.txt", text)
    for name, text in (("b", RAW), ("c", OTHER), ("a", third)):  # each is written anew, one after the other
        found = books()
        known = found.of(f"{name}.txt", text.encode())
        page = found.bring(known, f"{name}.txt", sources.digest(text.encode()))
        found.write(ledger.noted(page, [here(text, text[:3], "THE")], sources.digest(text.encode())))
    run()
    assert "THE men upon the-a quay" in clean("a.txt").replace("THE ferry", "") + clean("b.txt")
    assert "before the-b bell" in clean("c.txt")
    assert "the-c men went" in clean("a.txt")


def test_what_fits_no_more_is_kept_whatever_is_decided_in_its_place(home):
    decide("a.txt", RAW, here(RAW, "smoke was", "smog was"))
    put("raw/a.txt", OTHER)
    found = books()
    known = found.of("a.txt", OTHER.encode())
    assert len(known.stale) == 1
    place = known.stale[0].raw
    new = Decision("replace", OTHER[slice(*place)], "x", place, context=decisions.context(OTHER, *place))
    page = found.bring(known, "a.txt", sources.digest(OTHER.encode()))
    page = ledger.noted(page, [new], sources.digest(OTHER.encode()), stale=known.stale)
    assert {one.after for one in page.decisions} == {"smog was", "x"}


def test_a_copy_of_a_raw_file_has_decisions_of_its_own(home):
    decide("a.txt", RAW, here(RAW, "tbe", "ye"))
    put("raw/copy.txt", RAW)
    run()
    assert "upon ye quay" in clean()
    assert "upon the quay" in clean("copy.txt")


def test_in_a_raw_file_that_was_replaced_places_are_found_by_their_context(home):
    decide("a.txt", RAW, here(RAW, "tbe", "ye"), here(RAW, "smoke", "smog"))
    put("raw/a.txt", "It left at seven.\n" + RAW.replace("smoke was", "steam was"))
    outcome = run()["a.txt"]
    assert "upon ye quay" in clean()
    assert "the steam was" in clean()
    assert outcome.unfit == 1


def test_what_stands_twice_is_not_guessed(home):
    decide("a.txt", RAW, here(RAW, "tbe", "ye"))
    put("raw/a.txt", RAW + "\n" + RAW)
    assert run()["a.txt"].unfit == 1
    assert "ye" not in clean().split()


def test_a_frozen_text_is_left_alone_until_it_is_thawed(home):
    run()
    found = books()
    frozen = sources.digest(Path("clean/a.txt").read_bytes())
    page = found.write(found.page("a.txt")._replace(frozen=frozen, sha256=sources.digest(RAW.encode())))
    before = clean()
    assert run(force=True, skip=("words",))["a.txt"].what == "frozen"
    assert clean() == before
    put("raw/a.txt", OTHER)
    assert "its raw text has changed" in run()["a.txt"].reason
    assert clean() == before
    put("raw/a.txt", RAW)
    Path("clean/a.txt").write_text("edited\n")
    assert "not the text that was frozen" in run(force=True)["a.txt"].reason
    assert clean() == "edited\n"
    Path("clean/a.txt").unlink()
    assert run()["a.txt"].what == "cleaned"
    found.write(page._replace(frozen=""))
    assert not found.path("a.txt").exists()


def test_a_frozen_text_is_neither_reset_nor_pruned(home):
    run()
    found, frozen = books(), sources.digest(Path("clean/a.txt").read_bytes())
    found.write(found.page("a.txt")._replace(frozen=frozen, sha256=sources.digest(RAW.encode())))
    Path("raw/a.txt").unlink()
    Path("raw/deep/b.txt").unlink()
    put("raw/c.txt", "No light was seen.\n")
    plan = corpus.plan(finding.find([Path("raw")], Path("clean")), Path("clean"), config(), {"language": "en"})
    done = finishing.finish(plan, map(plan.work(), plan.tasks), mode="write", prune=True)
    assert {orphan.clean.name: orphan.reason for orphan in done.orphans} == {"a.txt": "frozen", "b.txt": ""}
    assert clean()
    assert not Path("clean/deep/b.txt").exists()
    assert resetting.reset(Path("clean"), (), books().frozen).frozen == (Path("clean/a.txt"),)
    assert clean()
    assert not Path("clean/c.txt").exists()


def test_nobodys_file_is_written_over(home):
    first, second = books(), books()
    mine, yours = first.page("a.txt"), second.page("a.txt")
    first.write(ledger.noted(mine, [here(RAW, "tbe", "ye")], "x"))
    with pytest.raises(DecisionError, match="changed by somebody else"):
        second.write(ledger.noted(yours, [here(RAW, "quay", "kay")], "x"))
    assert [one.after for one in books().page("a.txt").decisions] == ["ye"]


@pytest.mark.parametrize(
    ("lines", "place", "what"),
    [
        ('{"kind":"decisions"}\n{"verdict":"acept","raw":[0,1],"text":"a"}\n', ":2: ", "did you mean accept"),
        ('{"kind":"decisions"}\n{"verdict":"accept","raw":[0,9],"text":"a"}\n', ":2: ", "not the span"),
        ('{"kind":"decisions"}\nnothing\n', ":2: ", "no line of JSON"),
        ('{"kind":"decisions"}\n{"verdict":"accept","scope":"corpus","text":"a"}\n', ":2: ", "does not belong"),
        ('{"verdict":"accept"}\n', ":1: ", "first line"),
        ('{"kind":"decisions"}\n{"verdict":"accept","raw":[0,1],"te', "", "cut off"),
        ('{"kind":"decisions"}\n{"verdict":"page","raw":[0,1],"text":"a","who":3}\n', ":2: ", "must be a text"),
        ("[1]\n", ":1: ", "no line of decisions"),
        ("", ":1: ", "no line of JSON"),
    ],
)  # fmt: skip
def test_a_broken_file_stops_its_document_and_says_where(home, lines, place, what):
    put("rules/decisions/a.txt.jsonl", lines)
    path = Path("rules/decisions/a.txt.jsonl")
    with pytest.raises(DecisionError) as error:
        ledger.parse("a.txt", path.read_bytes(), path)
    assert what in str(error.value)
    assert f"{path}{place}" in str(error.value)
    if lines.startswith('{"kind"'):
        assert run()["a.txt"].what == "failed"
        assert not Path("clean/a.txt").exists()


def test_a_name_leads_nowhere_else(home):
    for name in ("../a.txt", "/etc/x", "", "x/../../y"):
        with pytest.raises(DecisionError):
            books().path(name)


@given(st.lists(st.tuples(st.sampled_from(decisions.CHANGES), st.integers(0, 20), st.text(max_size=4)), max_size=8))
@hypothesis_settings(max_examples=50)
def test_a_file_comes_back_as_it_was_written_sorted_by_place(rows):
    decided = [Decision(verdict, RAW[at : at + 3], after, (at, at + 3), who="Ada") for verdict, at, after in rows]
    data = ledger.written(Page("a.txt", "12", tuple(decided)))
    if data is None:
        assert not decided
        return
    page = ledger.parse("a.txt", data, Path("a.jsonl"))
    assert {one.binds for one in page.decisions} == {one.binds for one in decided}
    assert [one.place for one in page.decisions] == sorted(one.place for one in page.decisions)
    assert ledger.written(page) == data
    assert ledger.written(page._replace(decisions=page.decisions[::-1])) == data
    assert all(json.loads(line) for line in data.decode("ascii").splitlines())


def test_the_corpus_has_a_file_of_its_own(home):
    found = books()
    found.write(ledger.noted(ledger.corpus_page(found), [Decision("reject", "tbe", "the", scope="corpus")], "x"))
    assert (config().decisions / ALL).read_text().startswith('{"kind":"decisions"}\n')
    assert [page.name for page in books().pages()] == []
    assert len(books().corpus) == 1


PLACED = st.tuples(st.sampled_from(decisions.VERDICTS), st.integers(0, 400), st.integers(0, 3), st.sampled_from("xy"))


@given(st.lists(PLACED, max_size=8), st.lists(PLACED, max_size=8), st.booleans())
def test_each_decision_takes_the_place_of_just_those_that_it_takes_back(old, new, beside):
    text = "x" * 403
    first, second = (
        [Decision(verdict, text[at : at + size], after, (at, at + size)) for verdict, at, size, after in rows]
        for rows in (old, new)
    )
    kept = list(first)
    for one in second:
        kept = [other for other in kept if ledger.noted(Page("a", "", (other,)), [one], "", beside=beside)[2] != (one,)]
        kept.append(one)
    assert list(ledger.noted(Page("a", "", tuple(first)), second, "", beside=beside).decisions) == kept


def test_thousands_of_decisions_are_noted_in_linear_time():
    many = [Decision("replace", "tbe", "the", (at, at + 3)) for at in range(0, 80_000, 4)]
    page = Page("a.txt", "", tuple(many))
    started = process_time()
    assert ledger.noted(page, many, "", beside=True).decisions == page.decisions
    assert process_time() - started < 5  # 0.3 s; each against each would take minutes


def test_words_that_people_vouch_for_are_not_counted_as_misread():
    text = "Old Xqzwgora went to the mill, and all of them went with him to the quay. " * 3
    plain = Cleaner(Settings(language="en")).clean(text)
    vouched = Cleaner(Settings(language="en")).clean(text, decided=[here(text, "Old Xqzwgora", "Old Xqzwgora was")])
    assert plain.quality.after < 0.99
    assert vouched.quality.after > plain.quality.after


def test_a_pipe_among_the_decisions_stops_nobody(home):
    Path("rules/decisions").mkdir(parents=True)
    os.mkfifo("rules/decisions/pipe.txt.jsonl")
    assert run()["a.txt"].what == "cleaned"


def test_who_decides_waits_for_another_one(home):
    found = books()
    Path("rules/decisions").mkdir(parents=True)
    holding = threading.Event()

    def hold():
        with store.locked(found.folder):
            holding.set()
            time.sleep(0.3)

    other = threading.Thread(target=hold)
    other.start()
    holding.wait()
    found.write(ledger.noted(found.page("a.txt"), [here(RAW, "tbe", "ye")], "x"))
    other.join()
    assert len(books().page("a.txt").decisions) == 1
