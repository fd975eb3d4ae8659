"""What a person meets at the terminal: lines, errors with their hints, the width, and the exit codes of faults.

No other module prints. Nothing heavy is imported at the top.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import click

from cleaner.errors import CleanerError, DocumentError, UsageError
from cleaner.names import WIDTH, visible

if TYPE_CHECKING:
    from cleaner.wordiff import Styled

CHANGES, USAGE, FAILED, STOPPED, BROKEN_PIPE = 1, 2, 3, 130, 141
BAR_NAME = 20  # characters of a file's name that leave room for the bar in 80 columns
COLOURS = {"removed": "red", "added": "green", "gap": None, "same": None}


class House(click.Group):
    """Turns the family of errors into a message and an exit code, once for all commands."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; whatever goes wrong ends in a line for people and an exit code."""
        try:
            return super().invoke(ctx)
        except CleanerError as error:
            fault(error)
            ctx.exit(USAGE if isinstance(error, UsageError) else FAILED)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # whoever read us is gone: nothing is left to be flushed
            ctx.exit(BROKEN_PIPE)
        except OSError as error:
            from cleaner import store  # noqa: PLC0415

            fault(store.explain(error, Path()))
            ctx.exit(FAILED)
        except KeyboardInterrupt:
            talk("stopped: what is done stays done, run again to go on")
            ctx.exit(STOPPED)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:  # noqa: BLE001  (a traceback would end in 1, which says that something would change)
            trace(traceback.format_exc())
            fault(DocumentError(f"{type(error).__name__}: {error}", "report it; CLEANER_DEBUG=1 shows the place"))
            ctx.exit(FAILED)


def talk(line: str, *, style: str | None = None) -> None:
    """One line to stderr, whatever the terminal's encoding. Where nothing can be written there the work goes on."""
    with suppress(OSError):
        say(line, err=True, style=style)


def say(line: str, *, err: bool = False, style: str | None = None) -> None:
    """One line to stdout; what the terminal's encoding cannot show is written out."""
    encoding = getattr(sys.stderr if err else sys.stdout, "encoding", None) or "utf-8"
    line = line.encode(encoding, "backslashreplace").decode(encoding)
    click.echo(click.style(line, fg=style) if style else line, err=err)


def fault(error: CleanerError) -> None:
    """A message, and on the next line what to do."""
    talk("error: " + "\n".join(visible(line) for line in error.message.split("\n")), style="red")
    for line in wrap(visible(error.hint), WIDTH, initial_indent="  -> ", subsequent_indent="     "):
        talk(line)


def write(data: bytes) -> None:
    """Bytes to stdout, just as they are."""
    if sys.stdout is None:
        raise UsageError("stdout is closed", "give --out, or send stdout somewhere")
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def read_stdin() -> bytes:
    """All that comes from stdin."""
    if sys.stdin is None:
        raise UsageError("stdin is closed", "send a text to stdin, or give a path")
    return sys.stdin.buffer.read()


def ask_key(prompt: str) -> str:
    """One key of a person at a terminal, else the first character of a line of stdin; ``q`` where there is no more."""
    _prompt(prompt)
    if sys.stdin is None or not sys.stdin.isatty():
        line = sys.stdin.readline() if sys.stdin is not None else ""
        return line.strip()[:1] if line else "q"
    try:
        key = click.getchar()
    except EOFError:
        key = "q"
    talk(visible(key))
    return key


def ask_line(prompt: str) -> str:
    """A line that a person writes, without its line end."""
    _prompt(prompt)
    return sys.stdin.readline().rstrip("\r\n") if sys.stdin is not None else ""


def confirm(question: str) -> bool:
    """Whether a person says yes; where stdin is closed nobody does."""
    return sys.stdin is not None and click.confirm(question, err=True)


def _prompt(prompt: str) -> None:
    with suppress(OSError):
        click.echo(f"{prompt} ", nl=False, err=True)


def say_styled(line: Iterable[Styled]) -> None:
    """One line of a comparison, coloured where the terminal has colours."""
    say("".join(click.style(piece, fg=COLOURS[kind]) if COLOURS[kind] else piece for piece, kind in line))


def width() -> int:
    """The columns of the terminal, ``WIDTH`` where there is none."""
    from shutil import get_terminal_size  # noqa: PLC0415

    return get_terminal_size((WIDTH, 24)).columns


@contextmanager
def bar(files: int, size: int) -> Iterator[Callable[[str, int], None]]:
    """A bar of so many bytes where somebody watches; call what it gives with the name and the bytes of each file done."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield _unseen
        return
    from tqdm import tqdm  # noqa: PLC0415

    tqdm.monitor_interval = 0  # no thread of its own: processes are forked beside it
    done = 0
    with tqdm(total=size, unit="B", unit_scale=True, leave=False) as shown:

        def tell(name: str, size: int) -> None:
            nonlocal done
            done += 1
            name = visible(name)
            name = name if len(name) <= BAR_NAME else f"{name[: BAR_NAME - 3]}..."
            shown.set_postfix_str(f"{done:,}/{files:,} files, {name}", refresh=False)
            shown.update(size)

        yield tell


def _unseen(name: str, size: int) -> None:
    """Nobody watches."""


def trace(told: str) -> None:
    """Where an unforeseen fault came from, for those who ask for it."""
    if told and os.environ.get("CLEANER_DEBUG"):
        talk(told)
