"""Facts about languages that no frequency list holds: what hyphens follow, what prefixes and endings make of a word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

NO_LETTERS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts about a language that no frequency list holds.

    ``suspenders`` may follow a hyphen that stays ("mid- and long-term"); ``prefixes`` are written with a hyphen before
    almost any word, ``name_prefixes`` before a name, ``suffixes`` after almost any, ``street`` after the name of one;
    ``fused`` and ``endings`` make one word with almost any; ``tens`` and ``units`` are joined by one ("forty-six");
    ``doubled`` stand twice by grammar ("he came in in time"); ``elided`` begin with an apostrophe ("'tis");
    ``spaced`` are the marks with a blank before them; ``capital_nouns``: a capital tells no name. ``divided``: which letter
    stands for the first of two that a line end parts; ``thins``: of three like consonants before a vowel two are written.
    """

    suspenders: frozenset[str] = frozenset()
    prefixes: frozenset[str] = frozenset()
    fused: frozenset[str] = frozenset()
    endings: frozenset[str] = frozenset()
    street: frozenset[str] = frozenset()
    name_prefixes: frozenset[str] = frozenset()
    suffixes: frozenset[str] = frozenset()
    tens: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    doubled: frozenset[str] = frozenset()
    elided: frozenset[str] = frozenset()
    spaced: str = ""
    capital_nouns: bool = False
    divided: Mapping[str, str] = field(default_factory=lambda: NO_LETTERS)
    thins: bool = False


FACTS: Mapping[str, Facts] = {
    "en": Facts(
        suspenders=frozenset("and or to nor".split()),
        prefixes=frozenset("self non all half quasi semi vice well ill anti ultra neo pseudo cross".split()),
        fused=frozenset(
            "un re de dis mis in im en em be pre pro ex over under out fore inter sub super trans up with im il ir".split()
        ),
        endings=frozenset(
            "ly ness less able ible ment age ward wards ship hood some ful ing ings ed er ers est ism ist ists ity".split()
        ),
        street=frozenset("street road lane square row terrace hill wharf alley".split()),
        name_prefixes=frozenset(
            "anti pro non un ex pre post trans pan mid inter neo pseudo philo semi sub all".split()
        ),
        tens=frozenset("twenty thirty forty fifty sixty seventy eighty ninety".split()),
        units=frozenset(
            "one two three four five six seven eight nine first second third fourth fifth sixth seventh "
            "eighth ninth".split()
        ),
        doubled=frozenset(("in",)),
        elided=frozenset(
            "tis twas twill twould twere tisn twasn em er im ere un ee ave ad as ow ome ouse ole igh ard ear eard ed cause "
            "bout cept fore fraid gainst gin mong mongst nough neath nother nuff pon round scuse spect sposed stead "
            "sdeath sblood zounds til till thout tween twixt way s d ll re ve m n t".split()
        ),
    ),
    "fr": Facts(
        suspenders=frozenset("et ou".split()),
        prefixes=frozenset("ex vice demi mi semi quasi non au avant ci là celui celle est".split()),
        suffixes=frozenset(
            "on il elle ils elles je tu nous vous ce moi toi lui leur y en là ci même mêmes t être".split()
        ),
        tens=frozenset("vingt trente quarante cinquante soixante quatre".split()),
        units=frozenset("deux trois quatre cinq six sept huit neuf dix vingt vingts".split()),
        doubled=frozenset("nous vous".split()),  # the subject and its pronoun: "nous nous levons"
        spaced=";:!?",
    ),
    "de": Facts(
        suspenders=frozenset("und oder bis sowie".split()),
        prefixes=frozenset("nicht ex vize".split()),
        doubled=frozenset("der die das den dem sie ihr".split()),  # "die, die": older prints have no comma
        capital_nouns=True,
        divided={"kk": "c"},  # "Brük-ke": the spelling until 1996, as the next
        thins=True,  # "Schiff-fahrt", written "Schiffahrt"
    ),
}
NO_FACTS = Facts()
