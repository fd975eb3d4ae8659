"""Rule files as people write them, and what is said of broken ones."""

import pytest

from cleaner import Cleaner
from cleaner.errors import RuleError

RULE = """
[[rule]]
id = "{id}"
kind = "{kind}"
match = '{match}'
replace = '{replace}'
why = "made up"
examples = [['''{raw}''', '''{clean}''']]
keep = ["nothing here"]
{more}
"""
TABLE = """# why: the long s is read as f
# confidence: 0.97
# example: fuch a day -> such a day
# keep: the fame
{head}fuch\tsuch\t212\tour scans
fhall\tshall\t190\tour scans
"""


def rule(match="tiie", replace="the", kind="word", name="one", raw=None, clean=None, more=""):
    raw, clean = raw or f"in {match} mill", clean or f"in {replace} mill"
    return RULE.format(id=name, kind=kind, match=match, replace=replace, raw=raw, clean=clean, more=more)


def put(folder, files):
    for name, source in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(source, encoding="utf-8")
    return folder


def faults(folder):
    """What is said of a broken set, on one line: it is wrapped where the words allow."""
    with pytest.raises(RuleError) as error:
        Cleaner(rules=[folder])
    return " ".join(str(error.value).split())
