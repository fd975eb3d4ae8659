"""Arbitrary texts and batches for the properties."""

import itertools

from hypothesis import strategies as st

from cleaner.edits import by_place
from cleaner.model import Edit

# What breaks text tools: combining marks, every line-end-like character, byte order marks, astral characters,
# surrogates as they come from undecodable bytes, mojibake and ligatures.
ODD = "\r\n\x0b\x0c\x1c\x85\u2028\u2029\ufeff\u0301\u0308\u0345\u00ad\u200b\u00a0\ufffd\U0001f600\udc80\udcff\udce9\x00\x9d"
PLAIN = "abc e\u00e9-\u2019.,019 \n"
MOJIBAKE = "\u00e2\u20ac\u2122\u00c3\u00a9\ufb01"

characters = st.one_of(
    st.sampled_from(ODD + PLAIN + MOJIBAKE), st.characters(), st.characters(categories=["Cs", "Mn", "Cc", "Zs"])
)
texts = st.text(characters, max_size=60)
# As decoding makes them: surrogates only where a byte could not be decoded.
decoded = st.binary(max_size=80).map(lambda data: data.decode("utf-8", "surrogateescape"))


@st.composite
def batches(draw, text=texts, *, moves=True):
    """(text, batch): sorted, disjoint edits with groups and moves, as a stage would make them."""
    source = draw(text)
    cuts = sorted(draw(st.sets(st.integers(0, len(source)), max_size=14)))
    spans = [(a, b) for a, b in itertools.pairwise(cuts) if draw(st.booleans())]
    points = [cut for cut in cuts if all(cut != a for a, _ in spans) and draw(st.booleans())]
    edits, group = [], 0
    for start, end in [*spans, *((point, point) for point in points)]:
        before = source[start:end]
        after = draw(texts.filter(lambda t, before=before: t != before).map(lambda t: t[:5]))
        if after == before:
            continue
        number = draw(st.none() | st.integers(100, 103))
        edits.append(Edit(start, end, before, after, draw(rules), draw(confidences), "", number))
    if moves:
        for start, end in spans:
            free = [point for point in points if any(e.start == e.end == point and e.source is None for e in edits)]
            if free and draw(st.booleans()):
                target = draw(st.sampled_from(free))
                group += 1
                edits = [e for e in edits if (e.start, e.end) not in ((start, end), (target, target))]
                edits.append(Edit(start, end, source[start:end], "", "move.cut", 0.9, "", group))
                edits.append(Edit(target, target, "", source[start:end], "move.put", 0.9, "", group, (start, end)))
    return source, sorted(edits, key=by_place)


rules = st.sampled_from(["r.a", "r.b", "r.c"])
confidences = st.sampled_from([0.3, 0.5, 0.9, 0.95, 1.0])


@st.composite
def proposals(draw):
    """(text, edits): anything that fits the text, in any order, overlapping at will."""
    source = draw(texts)
    edits = []
    for _ in range(draw(st.integers(0, 8))):
        start = draw(st.integers(0, len(source)))
        end = draw(st.integers(start, min(start + 6, len(source))))
        after = draw(st.text("xyz", max_size=3))
        if after != source[start:end]:
            group = draw(st.none() | st.integers(1, 3))
            edits.append(Edit(start, end, source[start:end], after, draw(rules), draw(confidences), "", group))
    return source, edits
