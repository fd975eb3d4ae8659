"""Words that say what a number beside them is: a month, a measure, a reference. In lower case; English."""

from __future__ import annotations

MONTHS = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug sept "
    "sep oct nov dec".split()
)
# What is counted, behind a number.
UNITS = frozenset(
    "% per percent cent cents o'clock am pm million millions billion thousand hundred dozen miles mile feet foot inches "
    "yards acres tons years months weeks days hours minutes years' men women people pounds shillings pence francs dollars "
    "roubles rubles marks degrees lbs oz ft cwt vols pp".split()
)
# What a number follows that is one of many: "chapter 7", "World War 1".
REFERENCES = frozenset(
    "chapter chapters page pages volume volumes number numbers part parts book books section sections article articles figure "
    "figures table tables plate plates appendix act scene verse verses line lines war psalm psalms canto letter lot route room "
    "platform street class grade annex schedule edition version item items question point points step steps example rule rules clause group type "
    "paragraph notes note map document footnote column columns series".split()
)
# The same, cut short: "No. 12", "p.45".
ABBREVIATIONS = frozenset(
    "chap chaps ch p pp vol vols no nos sec sect art arts fig figs pl app bk pt pts st cap lib f ff fol nr ed edn ser par para n "
    "nn v vv ll ss sch cl reg col cols cf doc dept op cit".split()
)
# Words that a year follows.
BEFORE_YEARS = frozenset(
    "in of by since until till from to between and during before after early late mid spring summer autumn winter year years "
    "end beginning start c ca circa about around the or throughout than".split()
)
# Other words that a number of the text follows, and no mark.
BEFORE_NUMBERS = frozenset("a an are at exactly for is nearly on only over some under was were with within".split())
