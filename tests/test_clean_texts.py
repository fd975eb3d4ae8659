"""Clean texts of many kinds stay as they are: a false change is worse than a missed one."""

import pytest

from cleaner import clean

PROSE = """\
The ferry had not run since Tuesday. Nobody in Lauren Quay could say why, although everybody had an opinion, and the opinions were louder than the weather.

\u201cIt is the boiler,\u201d said Mrs. Pell, who had once been married to an engineer. \u201cIt is always the boiler\u2014or the man who minds it.\u201d

She was half right. The boiler was a four-year-old from the yard at Upper Wick; the man, a well-meaning ex-sailor, was sixty-two.
"""

VERSE = """\
The tide comes in by Lauren stair
    And no one counts the waves,
The gulls are loud, the nets are bare,
    The wind is in the caves.

O lay the lamp beside the door
    And leave the latch undone;
He said he would be home by four
    And now it\u2019s half past one.
"""

TABLE = """\
Year      Boats     Nets      Value
1868        41       312      1,204
1869        44       330      1,371
1870        39       298      1,150
1871        52       401      1,988
"""

CODE = """\
def mend(line, width=72):
    # two-\tpart names stay
    if line.endswith("-"):
        return line[:-1]
    for k in range(len(line)):
        if line[k] == "\\t": line = line.expandtabs(8)
    return line
"""

DIALECT = """\
\u201cAh doan\u2019t knaw nowt abaht it,\u201d said owd Jacob. \u201cTh\u2019 ferry weean\u2019t goa, an\u2019 that\u2019s a\u2019 there is tae\u2019t.\u201d

\u201cHappen tha\u2019s reet,\u201d sez Ah, \u201cbut wheer\u2019s t\u2019owd mon nah, an\u2019 whoa\u2019s gettin\u2019 t\u2019brass?\u201d
"""

FRENCH = """\
\u00ab\u00a0Qu\u2019est-ce que c\u2019est\u00a0?\u00a0\u00bb demanda-t-elle, tr\u00e8s \u00e9tonn\u00e9e. L\u2019\u0153uvre, commenc\u00e9e l\u2019ann\u00e9e pr\u00e9c\u00e9dente, avait co\u00fbt\u00e9 12\u202f000\u00a0F\u00a0; personne n\u2019en parlait plus.

Le vieux p\u00eacheur, lui, ne r\u00e9pondit pas. Peut-\u00eatre \u00e9tait-il sourd\u2026
"""

GERMAN = """\
\u201eWer hat das gesagt?\u201c, fragte der Kapit\u00e4n. Die Haupt- und Nebenfl\u00fcsse waren zugefroren, und auf der Stra\u00dfe nach Ober-Lauren lag Schnee.

Der F\u00e4hrmann schwieg \u2013 wie immer.
"""

OLD = """\
The Ma\u017fter of the Ferry, who had \u017fome Cau\u017fe to be angry, did not pre\u017fently an\u017fwer; but looking upon the Water, which was riſen to a great Height, he ſaid, That he would not venture his Boat nor his Chriſtian Soul for any Reward what\u017foever.
"""

LIST = """\
What to bring:

1. A lamp, trimmed.
2. Two ropes, one of them long.
3. Bread for three days.

- no dogs
- no umbrellas
"""

CONTENTS = """\
CONTENTS

I.    The Ferry . . . . . . . . .  3
II.   The Quay  . . . . . . . . . 17
III.  The Boiler  . . . . . . . . 41
IV.   Mrs. Pell . . . . . . . . . 66
"""

PLAY = """\
PELL. Who is there?

JACOB. Nobb\u2019ut me.

PELL. Then come in, and wipe your feet.

JACOB. They are wiped.
"""

GREEK_AND_RUSSIAN = """\
\u03a4\u1f78 \u03c0\u03bb\u03bf\u1fd6\u03bf\u03bd \u03bf\u1f50\u03ba \u1f26\u03bb\u03b8\u03b5\u03bd. \u041f\u0430\u0440\u043e\u043c \u043d\u0435 \u043f\u0440\u0438\u0448\u0451\u043b.
"""

NUMBERED_STANZAS = (
    "".join(
        f"{n}\n\nThe tide is out, the boats are in,\nThe gulls are loud, the nets are thin.\n\n" for n in range(1, 8)
    ).rstrip()
    + "\n"
)

TEXTS = {name.lower(): value for name, value in globals().copy().items() if name.isupper()}


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("layout", ["paragraphs", "lines"])
def test_a_clean_text_stays_as_it_is(name, layout):
    result = clean(TEXTS[name], layout=layout)
    assert result.text == TEXTS[name]
    assert not result.changes  # nor is anything proposed


def test_clean_prose_stays_as_it_is_beside_all_the_others():
    text = "\n".join(TEXTS.values())
    assert [change for change in clean(text).changes if change.status == "applied"] == []
