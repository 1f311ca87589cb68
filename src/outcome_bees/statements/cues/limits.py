"""Limits: the words that bound a figure, those that deny a bound or a movement, and what only has a position."""

from outcome_bees.statements.cues.table import table, words
from outcome_bees.vocabulary import Direction

__all__ = [
    "AFTERTHOUGHTS",
    "ALLOWING",
    "BOUNDS",
    "DENYING",
    "EXTREMES",
    "GOOD_WHEN_HIGH",
    "PLACED",
    "TAKEN",
]

_UP, _DOWN = Direction.INCREASE, Direction.DECREASE

_MORE = words("more greater higher larger longer wider")
_LESS = words("less fewer lower smaller shorter narrower")


def _than(comparatives: frozenset[str], denied: frozenset[str]) -> str:
    """ "More than", and what says the same by a denial in one breath: "no less than", "never fewer than"."""
    said = [f"{each} than{equal}" for each in sorted(comparatives) for equal in ("", " or equal to")]
    said += [f"{denial} {each} than" for denial in ("no", "not", "never", "nothing") for each in sorted(denied)]
    return " | ".join(said)


# A limit with a number or a comparator: which side of it is wanted. A denial further off ("not to fall below") is
# for ``denials``.
BOUNDS = table(
    {
        _UP: f"""
            at least | at or over | minimum of | minimum | min | over | above | at or above | exceed |
            exceeds | exceeding | in excess of | equal to or above | ≥ | >= | > | {_than(_MORE, _LESS)}
        """,
        _DOWN: f"""
            at most | maximum of | maximum | max | under | below | at or below | at or under | equal
            to or below | ≤ | <= | < | {_than(_LESS, _MORE)}
        """,
    }
)

AFTERTHOUGHTS = table(
    {
        _UP: """
            + | or more | or above | or higher | or better | or over | and above | and over | or
            greater | minimum
        """,
        _DOWN: """
            or less | or fewer | or below | or lower | or under | and below | and under | maximum |
            max
        """,
    }
)

DENYING = words("not never cannot without nothing nor")

# Between a denial and what it denies: "not *to be allowed to fall* below".
ALLOWING = words(
    """
    to be been being is are was has have ever go goes going get fall falls falling drop drops
    dropping dip dips dipping slip slips rise rises rising reach allowed permitted let
    """
)

# The largest or least that a thing may be: "a maximum waiting time of 6 weeks".
EXTREMES = table({_UP: "minimum | min", _DOWN: "maximum | max"})

# What has a figure of its own: "schools above the national average" are counted, and none is to be above it.
PLACED = words(
    """
    school schools ward wards area areas neighbourhood neighbourhoods community communities district
    districts household households family families home homes property properties pupil pupils
    student students child children adult adults person people resident residents patient patients
    employee employees worker workers setting settings provider providers practice practices
    hospital hospitals trust trusts road roads site sites service services authority authorities
    council councils force forces lsoas
    """
)

# What nobody aims to have below others: "household income below the national average" is a position.
GOOD_WHEN_HIGH = words("income incomes earnings wage wages pay salary salaries")

# A number after these is what was done to somebody: "referrals seen no more than 5 days later".
TAKEN = words("seen made held taken sent given found left met done kept paid built begun")
