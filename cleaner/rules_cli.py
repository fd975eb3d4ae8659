"""``cleaner rules``: look at rules, test them, write one, and see what a rule file would change in a corpus."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cleaner.console import CHANGES, FAILED, bar, confirm, say, talk, write
from cleaner.errors import UsageError, nearest
from cleaner.names import visible
from cleaner.options import config

if TYPE_CHECKING:
    from cleaner.rulebook import Rulebook

FILE = click.Path(path_type=Path)


@click.group(short_help="Look at rules, test them, write one.")
def rules() -> None:
    """Look at the rules that come from files, test them, write one, and judge one by what it changes.

    Rules stand in rule files of your own (rules of cleaner.toml) and in those that come with the program.
    rules/README.md tells how one is written.
    """


def _book(*more: Path) -> Rulebook:
    from cleaner import rulebook  # noqa: PLC0415

    return rulebook.load(rulebook.shipped(), *config().rules, *more)


def _unknown(name: str, book: Rulebook) -> UsageError:
    ids = [rule.id for rule in book.heads]
    families = sorted({rule.rpartition(".")[0] for rule in ids} - {""})
    return UsageError(f"there is no rule {name!r}", nearest(name, [*ids, *families], "'cleaner rules list' names them"))


@rules.command("list", short_help="List rules.")
@click.argument("names", metavar="[RULE]...", nargs=-1)
def list_(names: tuple[str, ...]) -> None:
    """List all rules, or those whose ids are RULE or begin with it: id, kind, cap, confidence, what it does, for what."""
    from cleaner.ruletools import showing  # noqa: PLC0415

    book = _book()
    for name in names:
        if not any(showing.is_of(rule, name) for rule in book.heads):
            raise _unknown(name, book)
    for line in showing.listed(book, names):
        say(visible(line))


@rules.command(short_help="Show all that is known of a rule.")
@click.argument("name", metavar="ID")
def show(name: str) -> None:
    """Show all that is known of a rule, or of one word of a table, such as confusions.tbe; and where it stands."""
    from cleaner.ruletools import showing  # noqa: PLC0415

    book = _book()
    lines = list(showing.shown(book, name))
    if not lines:
        raise _unknown(name, book)
    for line in lines:
        say(visible(line))


@rules.command(short_help="Run the examples of all rules.")
@click.argument("file", required=False, type=FILE)
def test(file: Path | None) -> None:
    """Run all examples of all rules, or of those in FILE, which may be a folder: each must do and keep what it says.

    Every row of a table of words is run too.
    """
    from cleaner import promises  # noqa: PLC0415

    book = _book() if file is None else _book(file)
    talk(promises.try_all(book, file))


@rules.command(short_help="Write the index of a folder of rules.")
@click.argument("folder", required=False, metavar="[DIR]", type=FILE)
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if the index is out of date.")
def index(folder: Path | None, check: bool) -> None:
    """Write INDEX.md, a list of all rules, into a folder of rules (default: rules)."""
    from cleaner import rulebook, store  # noqa: PLC0415
    from cleaner.ruletools import showing  # noqa: PLC0415

    folder = folder or Path("rules")
    if not folder.is_dir():
        raise UsageError(f"{folder} is no folder", "name the folder that holds your rule files")
    path = folder / showing.INDEX
    data = showing.index(rulebook.load(folder), folder).encode()
    if path.is_file() and path.read_bytes() == data:
        talk(f"{path} is up to date")
    elif check:
        talk(f"{path} is out of date: run 'cleaner rules index'")
        raise SystemExit(CHANGES)
    else:
        store.replace_file(path, data)
        talk(f"written to {path}")


@rules.command(short_help="What a rule file would change in a corpus.")
@click.argument("file", type=FILE)
@click.option("--on", "paths", required=True, multiple=True, metavar="PATH", type=FILE, help="Raw texts; repeatable.")
@click.option("--samples", type=click.IntRange(0), default=5, show_default=True, help="Samples for each rule.")
@click.option("--jobs", type=click.IntRange(1), help="Processes (default: one for each core).")
def effect(file: Path, paths: tuple[Path, ...], samples: int, jobs: int | None) -> None:
    """Show what the rules in FILE would change in a corpus: new, lost and changed changes, counted by rule, with samples.

    Each text is cleaned twice, without FILE and with it; nothing is written.
    """
    from cleaner.ruletools import effects  # noqa: PLC0415

    prepared = effects.prepare(file, paths, config())
    with bar(len(prepared.pairs), prepared.size) as done:
        outcomes = effects.run(prepared, done, jobs)
    for line in effects.lines(outcomes, samples):
        say(visible(line))
    for outcome in outcomes:
        if outcome.error:
            talk(f"{outcome.path}: {outcome.error}", style="red")
    if any(outcome.error for outcome in outcomes):
        raise SystemExit(FAILED)


@rules.command(short_help="Write a rule from one example.")
@click.option("--before", prompt="As it stands in the scan", help="A few words as they stand in the scan.")
@click.option("--after", prompt="As it should be", help="The same words as they should be.")
@click.option("--why", prompt="Why (how does the error come about)", help="How the error comes about.")
@click.option("--keep", multiple=True, help="A text that must stay as it is; repeatable (default: --after).")
@click.option("--file", required=True, type=FILE, help="The rule file; made if it is not there.")
@click.option("--lang", default="en", show_default=True, metavar="CODE", help="Language whose words are known.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def add(before: str, after: str, why: str, keep: tuple[str, ...], file: Path, lang: str, yes: bool) -> None:
    """Write a rule from one example: the smallest one that makes --after of --before, tried before it is written."""
    from cleaner import language, rulebook  # noqa: PLC0415
    from cleaner.ruletools import adding  # noqa: PLC0415

    if file.suffix != rulebook.RULES:
        raise UsageError(f"{file}: rules stand in files that end in {rulebook.RULES}", f"give --file {file.stem}.toml")
    drafted = adding.draft(before, after, language.dictionary(lang))
    name = adding.name_for(drafted, adding.names_in(file))
    text = adding.written(drafted, name=name, why=why, pair=(before, after), keep=keep or (after,))
    talk(text)
    if not yes and not confirm(f"Write this to {file}?"):
        talk("nothing was written")
        return
    adding.add(file, text, config().rules)
    talk(f"written to {file}; judge it with: cleaner rules effect {shlex.quote(str(file))} --on CORPUS")


@rules.command(short_help="Propose rules for what a corpus has often.")
@click.argument("paths", metavar="CORPUS...", nargs=-1, required=True, type=FILE)
@click.option("--out", metavar="FILE", type=FILE, help="A new rule file for the proposals (default: stdout).")
@click.option(
    "--least", type=click.IntRange(2), default=3, show_default=True, help="Leave out what is rarer than that."
)
@click.option("--jobs", type=click.IntRange(1), help="Processes (default: one for each core).")
def suggest(paths: tuple[Path, ...], out: Path | None, least: int, jobs: int | None) -> None:
    """Look through a corpus for what rules might be written for, and write proposals for you to prune.

    Misread words with their likely reading, lines that come back, words hyphenated both ways, and names, with counts and
    places. All have apply = "report": they change nothing.
    """
    from cleaner import finding, store  # noqa: PLC0415
    from cleaner.ruletools import suggesting  # noqa: PLC0415

    if out and out.exists():
        raise UsageError(f"{finding.show(out)} exists", "give another name with --out: you may have pruned this one")
    setup = config()
    planned = suggesting.plan(paths, setup)
    with bar(len(planned.tasks), sum(task.size for task in planned.tasks)) as done:
        mined = suggesting.mine(planned, done, jobs)
    text = suggesting.proposals(mined, setup, least)
    if out:
        store.replace_file(out, text.encode())
        count = text.count("\n[[rule]]\n")
        talk(f"{count:,} proposal{'s' * (count != 1)} written to {finding.show(out)}")
    else:
        write(text.encode())
    for one in mined:
        if one.error:
            talk(f"{one.path}: {one.error}", style="red")
    if any(one.error for one in mined):
        raise SystemExit(FAILED)
