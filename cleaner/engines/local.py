"""Many documents at once, in processes of this machine; with one job, here in this process.

Results come as they are ready, so their order says nothing. A worker that dies (out of memory) costs the document that
killed it, not the batch: whatever was under way is tried again, alone. Ctrl-C stops the documents under way; each
leaves its old output or its new one, since nothing but a rename ever touches them.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from types import FrameType
from typing import TypeVar, cast

Task = TypeVar("Task")
Outcome = TypeVar("Outcome")


def cores() -> int:
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run(
    work: Callable[[Task], Outcome],
    tasks: Sequence[Task],
    *,
    jobs: int = 1,
    lost: Callable[[Task], Outcome],
) -> Generator[Outcome, None, None]:
    """The outcome of ``work`` for each task, as they come.

    ``work`` must be picklable where ``jobs`` is more than 1; it is sent to each process once. ``lost`` makes the
    outcome of a task whose process died. Closing the iterator stops the tasks under way.
    """
    if jobs <= 1 or len(tasks) <= 1:
        yield from map(work, tasks)
        return
    left = list(reversed(tasks))
    while left:
        suspects: list[Task] = []
        yield from _pooled(work, left, min(jobs, len(left)), suspects)
        for task in suspects:
            alone: list[Task] = []
            yield from _pooled(work, [task], 1, alone)
            yield from map(lost, alone)


def _pooled(work: Callable[[Task], Outcome], left: list[Task], jobs: int, suspects: list[Task]) -> Iterator[Outcome]:
    """Work through ``left``, from its end, until it is empty or a process dies: then ``suspects`` were under way."""
    with _pool(work, jobs) as pool:
        running: dict[Future[Outcome], Task] = {}
        while left or running:
            while left and len(running) <= jobs:  # one more than there are processes, so that none waits
                task = left.pop()
                try:
                    running[pool.submit(cast(Callable[[Task], Outcome], _work), task)] = task
                except BrokenProcessPool:
                    left.append(task)
                    if not running:
                        raise
                    break
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                if isinstance(future.exception(), BrokenProcessPool):
                    continue
                del running[future]
                yield future.result()
            if any(isinstance(f.exception(), BrokenProcessPool) for f in running if f.done()):
                suspects.extend(running.values())
                return


@contextmanager
def _pool(work: Callable[[Task], Outcome], jobs: int) -> Iterator[ProcessPoolExecutor]:
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(jobs, initializer=_start, initargs=(work,))
    try:
        yield pool
    except BaseException:
        for process in set(multiprocessing.active_children()) - others:
            process.terminate()
        pool.shutdown(cancel_futures=True)
        raise
    pool.shutdown()


# ---- within a worker process: the work it was started for, and whether it was told to stop ---------------------------


class _Stopped(BaseException):
    """The process was told to stop: no document's own error handling shall catch this."""


class _Worker:
    work: Callable[..., object]
    busy = False
    stopped = False


def _start(work: Callable[..., object]) -> None:
    _Worker.work = work
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process of a terminal; the parent decides
    signal.signal(signal.SIGTERM, _stop)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_leave_with, args=(parent,), daemon=True).start()


def _leave_with(parent: BaseProcess) -> None:
    """A parent that is killed tells nobody: its workers would wait for ever."""
    parent.join()
    os._exit(1)


def _stop(number: int, frame: FrameType | None) -> None:
    _Worker.stopped = True
    if _Worker.busy:
        _Worker.busy = False  # once: what the document does to clean up is not stopped
        raise _Stopped


def _work(task: object) -> object:
    if _Worker.stopped:
        raise _Stopped
    _Worker.busy = True
    try:
        return _Worker.work(task)
    finally:
        _Worker.busy = False
