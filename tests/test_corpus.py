"""Files: what is found, what is left alone, what is written, and that a batch does not depend on how it is run."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from pathlib import Path

import pytest

from cleaner import corpus, finding, finishing, index, journal, names, settings, store
from cleaner.engines import local
from cleaner.errors import DocumentError, UsageError

RAW = b"It was a party of revolu-\ntion.\n"
CLEAN = b"It was a party of revolution.\n"


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def fill(folder: Path, **files: bytes) -> Path:
    for name, data in files.items():
        path = folder / (name.replace("__", "/") + ".txt")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def batch(paths, out, *, mode="write", force=False, prune=False, jobs=1, **given):
    """(what became of each file by name, the finish)"""
    plan = corpus.plan(finding.find(paths, out), out, settings.Config(), {"language": "en", **given})
    work = plan.work(mode, force=force)
    outcomes = list(local.run(work, plan.tasks, jobs=jobs, lost=corpus.lost))
    finish = finishing.finish(plan, outcomes, mode=mode, prune=prune)
    return {outcome.path.name: outcome for outcome in outcomes}, finish


@pytest.fixture
def raw(tmp_path):
    return fill(tmp_path / "raw", a=RAW, deep__er__b=RAW)


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


def what(outcomes):
    return {name: outcome.what for name, outcome in outcomes.items()}


def test_a_tree_is_kept_and_comes_back(raw, out):
    outcomes, _ = batch([raw], out)
    assert what(outcomes) == {"a.txt": "cleaned", "b.txt": "cleaned"}
    assert sorted(tree(out)) == ["a.changes.jsonl", "a.txt", "deep/er/b.changes.jsonl", "deep/er/b.txt", "index.tsv"]
    assert (out / "deep/er/b.txt").read_bytes() == CLEAN
    assert store.restore(out / "a.txt") == RAW


def test_a_second_run_touches_nothing(raw, out):
    batch([raw], out)
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*")}
    outcomes, finish = batch([raw], out)
    assert set(what(outcomes).values()) == {"current"}
    assert not finish.outdated
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*")} == before


@pytest.mark.parametrize(
    "change",
    [
        lambda raw, out: (raw / "a.txt").write_bytes(RAW + RAW),
        lambda raw, out: (out / "a.txt").unlink(),
        lambda raw, out: (out / "a.changes.jsonl").unlink(),
        lambda raw, out: (out / "a.changes.jsonl").write_bytes(b"{}\n"),
    ],
)
def test_what_is_not_up_to_date_is_cleaned(raw, out, change):
    batch([raw], out)
    change(raw, out)
    outcomes, _ = batch([raw], out)
    assert what(outcomes) == {"a.txt": "cleaned", "b.txt": "current"}
    assert store.restore(out / "a.txt") == (raw / "a.txt").read_bytes()


def test_the_clock_says_nothing(raw, out):
    batch([raw], out)
    os.utime(raw / "a.txt", (1, 1))
    os.utime(raw / "deep/er/b.txt", (2e9, 2e9))
    assert set(what(batch([raw], out)[0]).values()) == {"current"}


def test_other_settings_are_another_key(raw, out):
    batch([raw], out)
    outcomes, _ = batch([raw], out, skip=("hyphens",))
    assert what(outcomes) == {"a.txt": "cleaned", "b.txt": "cleaned"}
    assert outcomes["a.txt"].difference == corpus.Difference(0, 1, 0)


def test_the_outcome_does_not_depend_on_jobs_or_company(tmp_path, raw):
    fill(raw, **{f"n{k}": RAW * (k + 1) for k in range(6)})
    batch([raw], tmp_path / "one")
    batch([raw], tmp_path / "many", jobs=3)
    for path in sorted(raw.rglob("*.txt")):  # one after the other
        batch([path], tmp_path / "alone")
    assert tree(tmp_path / "one") == tree(tmp_path / "many")
    alone = tree(tmp_path / "alone")
    assert alone["n3.changes.jsonl"] == tree(tmp_path / "one")["n3.changes.jsonl"]
    assert len(index.read(alone["index.tsv"])) == 8


def test_the_index_forgets_what_is_gone_and_mends_itself(raw, out):
    batch([raw], out)
    whole = (out / "index.tsv").read_bytes()
    for damaged in (whole[:-20], b"", b"\xff\n\t\n", whole.replace(b"\t1\t", b"\tone\t")):
        (out / "index.tsv").write_bytes(damaged)
        batch([raw], out)
        assert (out / "index.tsv").read_bytes() == whole
    batch([raw], out, skip=("hyphens",))
    newer = (out / "index.tsv").read_bytes()
    (out / "index.tsv").write_bytes(whole)  # as a run leaves it that is killed before it writes the index
    batch([raw], out, skip=("hyphens",))
    assert (out / "index.tsv").read_bytes() == newer != whole
    (out / "a.txt").unlink()
    batch([raw / "deep"], out)
    assert list(index.read((out / "index.tsv").read_bytes())) == ["deep/er/b.txt", "er/b.txt"]


# ---- hand edits ------------------------------------------------------------------------------------------------------


def test_a_hand_edit_is_never_written_over(raw, out):
    batch([raw], out)
    (out / "a.txt").write_bytes(b"edited\n")
    log = (out / "a.changes.jsonl").read_bytes()
    for given in ({}, {"skip": ("hyphens",)}):
        outcomes, _ = batch([raw], out, **given)
        assert what(outcomes)["a.txt"] == "edited"
        assert "--force" in outcomes["a.txt"].hint
        assert (out / "a.txt").read_bytes() == b"edited\n"
        assert (out / "a.changes.jsonl").read_bytes() == log


def test_force_keeps_a_copy_of_each_edit_once(raw, out):
    batch([raw], out)
    for text in (b"first\n", b"second\n", b"first\n"):
        (out / "a.txt").write_bytes(text)
        batch([raw], out, force=True)
        assert (out / "a.txt").read_bytes() == CLEAN
    assert (out / "a.txt.edited").read_bytes() == b"first\n"
    assert (out / "a.txt.edited.2").read_bytes() == b"second\n"
    assert not (out / "a.txt.edited.3").exists()


def test_force_without_an_edit_keeps_no_copy(raw, out):
    batch([raw], out)
    assert what(batch([raw], out, force=True)[0])["a.txt"] == "cleaned"
    assert not list(out.rglob("*.edited*"))


def test_a_text_nobody_knows_is_an_edit(raw, out):
    fill(out, a=b"somebody's own\n")
    outcomes, _ = batch([raw], out)
    assert what(outcomes) == {"a.txt": "edited", "b.txt": "cleaned"}
    assert (out / "a.txt").read_bytes() == b"somebody's own\n"


# ---- looking without writing -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["check", "dry"])
def test_looking_writes_nothing(raw, out, mode):
    outcomes, finish = batch([raw], out, mode=mode)
    assert what(outcomes)["a.txt"] == {"check": "stale", "dry": "cleaned"}[mode]
    assert not out.exists()
    batch([raw], out)
    before = tree(out)
    (raw / "a.txt").write_bytes(RAW + RAW)
    (raw / "deep/er/b.txt").unlink()
    outcomes, finish = batch([raw], out, mode=mode, force=mode == "dry", prune=True)
    assert tree(out) == before
    assert [orphan.clean.name for orphan in finish.orphans] == ["b.txt"]


def test_prune_deletes_what_is_proven_to_be_derived(raw, out):
    fill(raw, c=RAW, d=RAW)
    batch([raw], out)
    for name in ("c.txt", "d.txt", "deep/er/b.txt"):
        (raw / name).unlink()
    (out / "c.txt").write_bytes(b"edited\n")
    (out / "d.changes.jsonl").write_bytes(b"damaged")
    fill(out, own=b"somebody's own\n")
    _, finish = batch([raw], out)
    assert sorted((orphan.clean.name, bool(orphan.reason)) for orphan in finish.orphans) == [
        ("b.txt", False),
        ("c.txt", True),
        ("d.txt", True),
    ]
    batch([raw], out, prune=True)
    left = " ".join(sorted(tree(out)))
    assert left == "a.changes.jsonl a.txt c.changes.jsonl c.txt d.changes.jsonl d.txt index.tsv own.txt"


def test_another_output_folder_inside_is_not_pruned(raw, out):
    batch([raw], out / "inner")
    _, finish = batch([raw], out, prune=True)
    assert not finish.orphans
    assert (out / "inner/a.txt").exists()


def test_nothing_is_pruned_for_a_file_or_an_empty_folder(raw, out, tmp_path):
    batch([raw], out)
    batch([raw / "a.txt"], out, prune=True)
    (tmp_path / "empty").mkdir()
    batch([tmp_path / "empty"], out, prune=True)
    assert (out / "deep/er/b.txt").exists()


# ---- finding ---------------------------------------------------------------------------------------------------------


def test_what_is_taken(tmp_path, out):
    raw = fill(tmp_path / "raw", a=RAW)
    for name in ("B.TXT", "c.text", "d.pdf", ".hidden.txt", ".git/e.txt"):
        (raw / name).parent.mkdir(exist_ok=True)
        (raw / name).write_bytes(RAW)
    os.mkfifo(raw / "pipe.txt")
    found = finding.find([raw, raw / "d.pdf"], out)
    assert sorted(place.name for place in found.places) == ["B.TXT", "a.txt", "c.text", "d.pdf"]
    assert sorted((p.name, p.reason) for p in found.passed) == [
        ("d.pdf", "not a text file"),
        ("pipe.txt", "not a text file"),
    ]


def test_links_are_followed_and_loops_named(raw, out):
    (raw / "link").symlink_to(raw / "deep")
    (raw / "deep/up").symlink_to(raw)
    (raw / "dead.txt").symlink_to(raw / "nowhere")
    found = finding.find([raw], out)
    assert [place.name for place in found.places] == ["a.txt", "deep/er/b.txt", "link/er/b.txt"]
    assert [(p.name, p.reason) for p in found.passed] == [
        ("dead.txt", "the link leads nowhere"),
        ("deep/up", "a link back to a folder above it"),
        ("link/up", "a link back to a folder above it"),
    ]


def refused(paths, out) -> str:
    before = sorted(out.parent.rglob("*"))
    with pytest.raises(UsageError) as caught:
        batch(paths, out)
    assert sorted(out.parent.rglob("*")) == before
    assert caught.value.hint
    return caught.value.message


def test_what_would_lose_something_is_refused(tmp_path, raw, out):
    assert "no such file" in refused([raw, tmp_path / "none"], out)
    assert "is the input folder" in refused([raw], raw)
    assert "over the input" in refused([raw / "a.txt"], raw)
    fill(tmp_path / "other", a=RAW)
    assert "both be written" in refused([raw, tmp_path / "other" / "a.txt"], out)
    assert "not a folder" in refused([raw], raw / "a.txt")
    (tmp_path / "alias").symlink_to(raw)
    assert "is the input folder" in refused([raw], tmp_path / "alias")
    out.mkdir()
    (out / "deep").symlink_to(raw / "deep")
    assert "over the input" in refused([raw], out)
    (out / "deep").unlink()
    os.link(raw / "a.txt", out / "a.txt")
    assert "over the input" in refused([raw], out)


def test_names_that_clash_where_case_is_ignored(tmp_path, out):
    raw = fill(tmp_path / "raw", a=RAW, A=RAW)
    assert "where case is ignored" in refused([raw], out)


def test_the_same_file_twice_is_one_input(raw, out):
    assert what(batch([raw, raw / "a.txt"], out)[0]) == {"a.txt": "cleaned", "b.txt": "cleaned"}


@pytest.mark.parametrize(("name", "other"), [("x.txt", "x"), ("x.md.txt", "x.md"), ("x.txt", "x.changes.jsonl")])
def test_two_texts_never_share_a_log(tmp_path, out, name, other):
    for file in (name, other):
        (tmp_path / file).write_bytes(RAW)
    refused([tmp_path / name, tmp_path / other], out)


def test_a_log_of_another_text_is_left_alone(tmp_path, out):
    for file in ("x", "x.txt"):
        (tmp_path / file).write_bytes(RAW)
    batch([tmp_path / "x"], out)
    before = tree(out)
    outcomes, _ = batch([tmp_path / "x.txt"], out)
    assert what(outcomes) == {"x.txt": "failed"}
    assert tree(out) == before


# ---- the engine ------------------------------------------------------------------------------------------------------


def deadly(task: int) -> int:
    if task == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return task


def test_a_process_that_dies_costs_one_document():
    assert sorted(local.run(deadly, range(8), jobs=2, lost=lambda task: -task)) == [-3, 0, 1, 2, 4, 5, 6, 7]


def interrupted(task: int) -> int:
    os.kill(os.getpid(), signal.SIGINT)
    return task


def test_ctrl_c_is_for_the_parent_alone():
    assert sorted(local.run(interrupted, range(4), jobs=2, lost=lambda task: -task)) == [0, 1, 2, 3]


def endless(task: int) -> int:
    time.sleep(30 if task else 0.1)
    return task


def test_who_stops_listening_stops_the_work():
    start = time.monotonic()
    coming = local.run(endless, range(4), jobs=2, lost=lambda task: -task)
    assert next(coming) == 0
    coming.close()
    assert time.monotonic() - start < 10
    assert not multiprocessing.active_children()


def test_what_work_raises_reaches_the_caller():
    with pytest.raises(ZeroDivisionError):
        list(local.run((1).__truediv__, [1, 0, 1], jobs=2, lost=lambda task: 0.0))


# ---- names, the end of a log -----------------------------------------------------------------------------------------


def test_any_name_is_one_line_and_comes_back():
    for name in ("a b.txt", "\\n\n\t\r", "\udcff\x1b[31m\x7f\u2028", "\U000e0001\x85", "\\x41"):
        shown = names.escape(name)
        assert shown.isprintable()
        assert names.unescape(shown) == name


@pytest.mark.parametrize("text", ["a\\qb", "a\\x4", "a\\"])
def test_what_is_no_escape_is_refused(text):
    with pytest.raises(ValueError, match="no escape"):
        names.unescape(text)


def test_the_end_of_a_log_says_whether_it_is_whole(raw, out):
    batch([raw], out)
    log = (out / "a.changes.jsonl").read_bytes()
    ends = journal.ends(log)
    assert ends is not None
    assert ends[0]["source"] == "a.txt"
    assert ends[1]["applied"] == 1
    assert b"hyphens.drop" in log
    for damaged in (b"", b"\n", log[:-1], log[:-20], log[1:], log + b"\n", b"[]\n[]\n"):
        assert journal.ends(damaged) is None


def test_a_raw_file_is_read_whole_or_not_at_all(raw, monkeypatch):
    path = raw / "a.txt"
    real = os.stat

    def later(name, *args, **options):
        if name == path:
            path.write_bytes(RAW + RAW)
        return real(name, *args, **options)

    monkeypatch.setattr(os, "stat", later)
    with pytest.raises(DocumentError, match="changed while it was read"):
        store.read_steady(path)
