"""Laws of rules, whatever valid set they are: nothing fires on what a rule made, the narrower wins, all comes back.

And of the shipped ones: whoever changes what one of them matches or makes is told so by its examples.
"""

import re
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cleaner import Cleaner, promises, rulebook
from cleaner.errors import RuleError
from cleaner.promises import broken
from cleaner.rulebook import NOWHERE, Rule, Where, WordTable, entries
from cleaner.ruletools import adding, showing
from cleaner.settings import Settings

WORDS = ["tbe", "tiie", "fuch", "m\u00fchle", "o'tbe", "tbe-man", "x1"]
CHARS = ["\u00a6", "\ufb00", "\u00b4e", "\u2021"]
RIGHT = ["the", "such", "of a", "ff", "i", "Mr. X", "", *WORDS, *CHARS]

texts = st.lists(
    st.sampled_from([*WORDS, *CHARS, "the", " ", "-", "'", ".", "\n", "\r\n", "\f", "1", "\udcff"]), max_size=25
)
pairs = st.one_of(
    st.tuples(st.just("word"), st.sampled_from(WORDS), st.sampled_from(RIGHT)),
    st.tuples(st.just("char"), st.sampled_from(CHARS), st.sampled_from(RIGHT)),
    st.tuples(st.just("regex"), st.sampled_from(WORDS).map(re.escape), st.sampled_from(RIGHT)),
)
scopes = st.sampled_from([{}, {"languages": ["en"]}, {"centuries": [18]}, {"unless": "[.]$"}, {"apply": "review"}])
sets = st.lists(st.tuples(pairs, scopes), min_size=1, max_size=5)


def file_of(rules):
    """A rule file for (kind, match, replace) and scopes: written as a person would, examples and all."""
    pieces = []
    for number, ((kind, match, made), scope) in enumerate(rules):
        raw = re.sub(r"\\(.)", r"\1", match)
        draft = adding.Draft(kind, match, made)
        text = adding.written(draft, name=f"r{number}", why="made up", pair=(f"a {raw} b", f"a {made} b"), keep=["zz"])
        pieces.append(text + "".join(f"{key} = {value!r}\n" for key, value in scope.items()))
    return "\n".join(pieces)


@pytest.fixture(scope="module")
def load(tmp_path_factory):
    path = tmp_path_factory.mktemp("rules") / "made.toml"

    def loaded(rules):
        path.write_text(file_of(rules), encoding="utf-8")
        try:
            book = rulebook.load(path)
            promises.prove(book, first=0)
        except RuleError:
            assume(False)
        return book

    return loaded


def clean(book, raw, where=NOWHERE):
    return Cleaner(Settings("en", only=("rules",), century=18, layout="lines"), rules=book, where=where).clean(raw)


@given(sets, texts.map("".join))
def test_a_result_never_fires_again_and_all_comes_back(load, rules, text):
    book = load(rules)
    raw = text.encode("utf-8", "surrogateescape")
    once = clean(book, raw)
    assert once.restore() == raw
    again = clean(book, once.data)
    assert not [change for change in again.changes if change.status == "applied" and change.rule.startswith("made.")]


@given(sets, texts.map("".join))
def test_any_valid_set_restores(load, rules, text):
    raw = text.encode("utf-8", "surrogateescape")
    assert clean(load(rules), raw).restore() == raw


ranked = st.builds(
    dict,
    corpus=st.sampled_from(["", "gazette"]),
    document=st.sampled_from(["", "may"]),
    turn=st.integers(0, 2),
    languages=st.sampled_from([(), ("en",)]),
    centuries=st.sampled_from([(), (18,)]),
).filter(lambda scope: scope["corpus"] or not scope["document"])


@given(st.lists(ranked, min_size=1, max_size=6), st.sampled_from(["word", "regex", "char"]))
def test_the_narrowest_rule_stands_whatever_the_order(scopes, kind):
    match = "\u00a6" if kind == "char" else "tiie"
    rules = [
        Rule(id=f"r.{k}", why="w", examples=(), keep=(), kind=kind, match=match, replace=f"n{k}", **scope)
        for k, scope in enumerate(scopes)
    ]
    (change,) = clean(rulebook.Rulebook(tuple(rules)), f"in {match} mill\n", Where("", "gazette", "may")).changes
    best = max(range(len(rules)), key=lambda k: (rules[k].rank, k))
    assert change.after == f"n{best}"


@given(st.lists(ranked, min_size=1, max_size=6), st.sampled_from([Where(), Where("", "gazette"), Where("", "herald")]))
def test_only_what_applies_is_there(scopes, where):
    rules = [
        Rule(id=f"r.{k}", why="w", examples=(), keep=(), kind="word", match="tiie", replace="the", **scope)
        for k, scope in enumerate(scopes)
    ]
    for rule in rulebook.Rulebook(tuple(rules)).applying(where, 0).rules:
        assert rule.corpus in ("", where.corpus)
        assert not rule.document
        assert not rule.centuries


values = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-2, 31),
        st.floats(),
        st.dates(),
        st.sampled_from([*WORDS, *CHARS, *RIGHT, *entries.KINDS, "auto", "en", "(", "x*", r"\\2", "a b"]),
        st.text(max_size=5),
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=5,
)
GOOD = {
    "id": "one", "kind": "word", "match": "tiie", "replace": "the", "why": "worn", "examples": [["tiie", "the"]],
    "keep": ["x"], "unless": "vaccine", "languages": ["en"], "paths": ["*"], "centuries": [18], "confidence": 0.9,
    "apply": "auto", "source": "scans",
}  # fmt: skip


@given(
    st.sets(st.sampled_from(entries.KEYS)),
    st.dictionaries(st.sampled_from([*entries.KEYS, "keeep", ""]), values, max_size=6),
)
def test_any_entry_is_made_a_rule_or_all_of_its_faults_are_named(left_out, given):
    entry = {**{key: value for key, value in GOOD.items() if key not in left_out}, **given}
    problems = entries.problems(entry)
    if not problems:
        assert hash(entries.made(entry, id="a.one")) is not None
    for key in given.keys() - {"match", "replace", "languages"}:  # these three are judged by the kind
        alone = {problem for problem in entries.problems({**GOOD, key: given[key]}) if problem.key == key}
        assert alone <= {*problems}
    missing = [key for key in entries.REQUIRED if entry.get(key, []) == []]
    assert bool(missing) == any(problem.what.endswith(" missing") for problem in problems)


# ---- the shipped rules -----------------------------------------------------------------------------------------------

SHIPPED = rulebook.load(rulebook.shipped())


# a piece of a regular expression: an escape, a class, a count, what opens a group, or one sign
PIECE = re.compile(r"\\(?:x..|u.{4}|.)|\[\^?(?:\\.|[^\]\\])*\]|\{[^}]*\}|\(\?(?:<?[=!]|:)|.", re.DOTALL)
LOOK = ("(?=", "(?!", "(?<=", "(?<!")
WRONG = "\u00bf"


def mutants(rule):
    """The rule with one letter of its pattern changed, without one of its conditions, with another result."""
    literal = rule.kind in ("word", "char")
    pieces = [*rule.match] if literal else PIECE.findall(rule.match)
    for k, piece in enumerate(pieces):
        if len(piece) == 1 and (piece.isalnum() or ord(piece) > 127):
            yield replace(rule, match="".join([*pieces[:k], WRONG, *pieces[k + 1 :]]))
        if piece in LOOK:
            yield replace(rule, match="".join([*pieces[:k], *pieces[closing(pieces, k) :]]))
    yield replace(rule, match=rule.match + "x" if literal else f"(?:{rule.match}){WRONG}")
    if rule.kind != "line":  # the line goes, and a result is refused
        yield replace(rule, replace=rule.replace + "x")
        yield replace(rule, replace=rule.replace[1:])


def closing(pieces, k):
    """Where the group that opens at ``k`` has ended."""
    depth = 0
    for end in range(k, len(pieces)):
        depth += (pieces[end][0] == "(") - (pieces[end] == ")")
        if not depth:
            return end + 1
    raise AssertionError(pieces)


def holds(rule):
    """Whether the examples of a rule come out, and what it keeps stays."""
    return all(promises.run_alone(rule, raw)[0] == clean for raw, clean in rule.examples) and not any(
        promises.run_alone(rule, text)[1] for text in rule.keep
    )


@pytest.mark.parametrize("rule", SHIPPED.rules, ids=lambda rule: rule.id)
def test_a_shipped_rule_that_is_changed_breaks_its_promise(rule):
    assert not list(broken(rule))
    assert holds(rule)
    changed = [mutant for mutant in mutants(rule) if (mutant.match, mutant.replace) != (rule.match, rule.replace)]
    assert changed
    assert not [(mutant.match, mutant.replace) for mutant in changed if holds(mutant)]


def test_a_row_that_is_changed_shows_in_the_index():
    folder = rulebook.shipped()
    head = Rule(id="made", why="w", examples=(), keep=(), kind="word", place="made.tsv:1")
    made = WordTable(head, {f"tbe{k}": f"the{k}" for k in range(showing.EXAMPLES + 2)})
    for table in (*SHIPPED.tables, made):
        assert not [*promises.wrong_rows(table), *broken(table.rule, table.rows)]
        index = showing.index(rulebook.Rulebook(tables=(table,)), folder)
        words = [*table.rows]
        for word in {*words[:: len(words) // 20 or 1], words[-1]}:
            other = {key: value for key, value in table.rows.items() if key != word}
            for rows in ({**table.rows, word: table.rows[word] + "x"}, {**other, word + "x": table.rows[word]}, other):
                assert showing.index(rulebook.Rulebook(tables=(replace(table, rows=rows),)), folder) != index


def test_the_index_is_up_to_date():
    folder = rulebook.shipped()
    written = (folder / showing.INDEX).read_text(encoding="utf-8")
    assert written == showing.index(SHIPPED, folder), "run 'cleaner rules index'"
    for head in SHIPPED.heads:
        assert head.id in written
