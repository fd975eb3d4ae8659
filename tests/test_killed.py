"""Killed, interrupted, stopped: at whatever point, the old pair or the new one stands, and the next run goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner

import cleaner as package
from cleaner import corpus, finding, finishing, settings, store
from cleaner.cli import main

RAW = b"It was a party of revolu-\ntion.\n"
NEXT = b"The old mill stood by the river of revolu-\ntion.\n"
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(package.__file__).parent.parent)}


def plan_for(paths, out):
    return corpus.plan(finding.find(paths, out), out, settings.Config(), {"language": "en"})


def batch(raw, out, *, force=False):
    plan = plan_for([raw], out)
    outcomes = list(map(plan.work(force=force), plan.tasks))
    return {outcome.path.name: outcome for outcome in outcomes}, finishing.finish(plan, outcomes, mode="write")


def drafts(folder):
    return list(folder.rglob("*.new"))


@pytest.fixture
def raw(tmp_path):
    folder = tmp_path / "raw"
    folder.mkdir()
    (folder / "a.txt").write_bytes(RAW)
    return folder


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


# ---- killed ----------------------------------------------------------------------------------------------------------

CALLS = ("open", "fsync", "replace", "unlink", "close")


def counted(at, stop, *, after):
    """Replacements for the calls that touch the disk: the ``at``-th of all calls stops the run, before or after it."""
    count = [0]

    def wrap(real):
        def call(*arguments, **options):
            count[0] += 1
            mine = count[0] == at
            if mine and not after:
                stop()
            result = real(*arguments, **options)
            if mine:
                stop()
            return result

        return call

    return {name: wrap(getattr(os, name)) for name in CALLS}


def survives(raw, out, at, *, after):
    """Run the batch in a process that is killed at a call; true when there were fewer calls."""
    child = os.fork()
    if not child:
        for name, call in counted(at, lambda: os._exit(9), after=after).items():
            setattr(os, name, call)
        plan = plan_for([raw], out)
        for task in plan.tasks:
            plan.work()(task)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


@pytest.mark.parametrize("after", [False, True])
def test_killed_anywhere_the_old_pair_or_the_new_one_stands(tmp_path, after):
    raw = tmp_path / "raw"
    raw.mkdir()
    at, ended = 0, False
    while not ended:
        at += 1
        out = tmp_path / f"out{at}"
        (raw / "a.txt").write_bytes(RAW)
        batch(raw, out)
        (raw / "a.txt").write_bytes(NEXT)
        ended = survives(raw, out, at, after=after)
        state = store.look(store.Pair(out / "a.txt"))
        assert state.whole, at
        assert store.restore(out / "a.txt") in (RAW, NEXT)
        outcomes, _ = batch(raw, out)
        assert outcomes["a.txt"].what in ("cleaned", "current"), at
        assert store.restore(out / "a.txt") == NEXT
        assert not drafts(out), at
    assert at > 8  # it did stop somewhere


@pytest.mark.parametrize("after", [False, True])
def test_interrupted_anywhere_nothing_is_left_behind(raw, out, monkeypatch, after):
    def stop():
        raise KeyboardInterrupt

    for at in range(1, 14):
        (raw / "a.txt").write_bytes(RAW)
        batch(raw, out, force=True)
        (raw / "a.txt").write_bytes(NEXT)
        with monkeypatch.context() as patch:
            for name, call in counted(at, stop, after=after).items():
                patch.setattr(os, name, call)
            with suppress(KeyboardInterrupt):
                batch(raw / "a.txt", out)
        assert store.look(store.Pair(out / "a.txt")).whole, at
        assert batch(raw, out)[0]["a.txt"].what in ("cleaned", "current"), at
        assert not drafts(out), at


def test_a_draft_that_is_not_ours_is_left_alone(raw, out):
    out.mkdir()
    (out / "a.txt.new").write_bytes(b"somebody's\n")
    result = CliRunner().invoke(main, ["clean", str(raw), "--out", str(out), "--lang", "en"])
    assert result.exit_code == 3
    assert "move the file that stands in the way" in result.stderr
    assert (out / "a.txt.new").read_bytes() == b"somebody's\n"
    assert not (out / "a.changes.jsonl.new").exists()


def test_a_pending_log_does_not_hide_an_edit(raw, out):
    batch(raw, out)
    (out / "a.changes.jsonl.new").write_bytes((out / "a.changes.jsonl").read_bytes())
    (out / "a.txt").write_bytes(b"edited\n")
    outcomes, _ = batch(raw, out)
    assert outcomes["a.txt"].what == "edited"
    assert not drafts(out)


# ---- stopped, a whole process tree -----------------------------------------------------------------------------------


@pytest.fixture
def many(tmp_path):
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(40):
        (folder / f"{number:02}.txt").write_bytes(NEXT * (4_000 + number))
    return folder


def started(many, out):
    process = subprocess.Popen(
        [sys.executable, "-m", "cleaner", "clean", many, "--out", out, "--jobs", "2", "--lang", "en"],
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env=ENVIRONMENT,
    )
    deadline = time.monotonic() + 30
    while not list(out.glob("*.txt")) and time.monotonic() < deadline:
        time.sleep(0.01)
    return process


def all_gone(group, seconds=10.0):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False


@pytest.mark.slow
@pytest.mark.parametrize("send", [os.killpg, os.kill])  # Ctrl-C at a terminal reaches the whole group
def test_ctrl_c_stops_a_pool(many, out, send):
    process = started(many, out)
    send(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=20)
    assert process.returncode == 130, said
    assert "stopped" in said
    assert "Traceback" not in said
    assert all_gone(process.pid)
    assert not drafts(out)
    done = sorted(out.glob("*.txt"))
    assert 0 < len(done) < 40
    assert all(store.look(store.Pair(path)).whole for path in done)


@pytest.mark.slow
def test_the_workers_of_a_killed_run_do_not_stay(many, out):
    process = started(many, out)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate(timeout=20)
    assert all_gone(process.pid)
    for path in sorted(many.glob("*.txt")):
        if not any(written.exists() for written in store.Pair(out / path.name).paths):
            path.unlink()
    outcomes = batch(many, out)[0].values()
    assert {outcome.what for outcome in outcomes} <= {"cleaned", "current"}
    assert not drafts(out)
