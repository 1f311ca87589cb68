"""Which way: the words that say that a figure is to rise, fall or hold, and what turns or denies them."""

from enum import StrEnum
from itertools import product

from outcome_bees.statements.cues.table import one_of, table, words
from outcome_bees.statements.phrases import Phrases
from outcome_bees.vocabulary import Direction

__all__ = [
    "ADJECTIVES",
    "AUXILIARIES",
    "AWARDED",
    "BARE_NOUNS",
    "BUILT",
    "CAPPING",
    "CIRCUMSTANCES",
    "DEGREES",
    "DOUBLED_NAMES",
    "DROPPED_IN",
    "GERUNDS",
    "GRADED",
    "GROWN",
    "KEEPING",
    "NAMED_BY_DEGREE",
    "NOUNS",
    "POLARITY",
    "PREDICATES",
    "PRICED",
    "RAISED",
    "REFUSED",
    "SIZED_MOVES",
    "STEADY",
    "TAKEN_UP",
    "TURNED",
    "TURNS",
    "UNDERTAKINGS",
    "VERBS",
    "Turn",
]

_UP, _DOWN, _HOLD = Direction.INCREASE, Direction.DECREASE, Direction.MAINTAIN


class Turn(StrEnum):
    """What a verb makes of the increase or decrease that it is said of."""

    STOPPED = "stopped"
    REVERSED = "reversed"
    UNSAID = "unsaid"


# What a plan sets out to do. "Improve", "enhance", "strengthen" and "transform" say better, not which way.
VERBS = table(
    {
        _UP: """
            increase | raise | grow | boost | expand | widen | double | treble | triple | maximise |
            drive up | scale up | step up | push up
        """,
        _DOWN: """
            reduce | decrease | lower | cut | narrow | minimise | eliminate | eradicate | halve |
            shorten | lessen | shrink | curb | end | bring down | drive down | phase out | close
        """,
        _HOLD: "maintain | sustain | preserve | stabilise",
    }
)

GERUNDS = table(
    {
        _UP: """
            increasing | raising | growing | boosting | expanding | widening | doubling | maximising
            | driving up
        """,
        _DOWN: """
            reducing | decreasing | lowering | cutting | narrowing | minimising | eliminating |
            eradicating | halving | shortening | lessening | shrinking | ending | closing | bringing
            down | driving down
        """,
        _HOLD: "maintaining | sustaining | preserving | stabilising",
    }
)

# A noun says it of something: "a fall in complaints", where "falls" alone are what happens to older people.
NOUNS = table(
    {
        _UP: """
            increase in | increases in | increase of | rise in | rises in | growth in | growth of |
            uplift in | upturn in | upward trend in
        """,
        _DOWN: """
            decrease in | decreases in | decrease of | reduction in | reductions in | reduction of |
            fall in | drop in | decline in | cut in | cuts in | cut to | narrowing of | downward trend
            in
        """,
    }
)

BARE_NOUNS = table({_UP: "increase | rise | growth", _DOWN: "decrease | reduction | decline | fall | drop"})

# "Double the number", but "double glazing".
DOUBLED_NAMES = words("glazing glazed yellow decker figures act counting bed room rooms")

# Said of a thing that follows at once: "fewer complaints", "reduced use of agency staff".
ADJECTIVES = table(
    {
        _UP: "more | additional | extra | increased | raised | widened",
        _DOWN: "fewer | less | reduced | decreased | narrowed | lowered",
    }
)

# Said of a figure only: "higher take-up", but "higher education" and "lower income" name things.
DEGREES = table({_UP: "higher | greater | larger", _DOWN: "lower | smaller | shorter"})

NAMED_BY_DEGREE = words(
    "education needs level rate-payers income tier limb super secondary carbon court key stage quartile sixth"
)

# What is said to be more so, of things that are not to be more: "more able pupils", "more effective meetings".
GRADED = words(
    """
    able deprived disadvantaged complex vulnerable effective efficient timely consistent robust
    responsive inclusive integrated coordinated joined-up intensive severe equitable equal accessible
    likely difficult senior detailed personalised tailored rapid focused lethal than
    """
)

# What an undertaking is called by, and what after it is counted: "Reducing Parental Conflict programme referrals".
UNDERTAKINGS = words(
    """
    programme programmes project projects scheme schemes campaign campaigns training course courses
    cohort network service strategy plan policy framework charter partnership pilot initiative fund
    team workshop workshops pledge board group therapies pathway pathways
    """
)

# What is declined by being refused.
REFUSED = words(
    "offer offers application applications referral referrals request requests invitation invitations claims"
)

# What is lowered or raised when it is built.
BUILT = words("kerb kerbs crossing crossings table tables bed beds platform platforms")

# What people drop in to.
DROPPED_IN = words("session sessions clinic clinics centre centres service services visit visits event events")

# What is growing by nature or name, without being made more.
GROWN = words("up place places scheme schemes space spaces project projects older old season")

# Said of the figure before it: "complaints reduced by 5%", "rates falling", "numbers up on last year".
# "Raised" is not here: concerns and funds are raised.
PREDICATES = table(
    {
        _UP: """
            increased | increasing | increases | increase | risen | rising | rises | rise | growing
            | grows | grow | grown | boosted | lifted | doubled | trebled | tripled | widen | widens | widened |
            widening | up
        """,
        _DOWN: """
            reduced | reducing | reduces | reduce | decreased | decreasing | decreases | decrease |
            fallen | falling| falls | fall | declined | declining | decline | lowered | narrowed |
            narrowing | narrow | narrows | halved | down | minimised | minimise | eliminated | shortened |
            close | closes | closing | drop | dropping | cut | brought down
        """,
        _HOLD: """
            maintained | sustained | stable | steady | unchanged | remain | remains | remaining |
            stay | stays | kept | held | maintain | retained | no worse than
        """,
    }
)

# These are the figure's own verbs wherever they end a clause; "falling" and "growing" are also what people
# do.
TURNED = words(
    """
    increased increasing risen reduced reducing decreased decreasing fallen declined declining
    lowered narrowed narrowing halved minimised eliminated shortened doubled trebled tripled
    """
)

# These move a figure only with the size or the goal of it: grass is cut, and spirits are lifted.
SIZED_MOVES = words("cut brought boosted lifted")

# Before "up" and "down" these make another verb: "taken up by".
TAKEN_UP = words("taken take takes taking set stepped made signed picked followed put caught topped broken written")

# What is raised without being increased.
RAISED = words("concerns concern issues complaints queries questions funds money objections")

AUXILIARIES = words("is are be being been to has have will should must not go goes going come comes")

STEADY = words("stable steady unchanged constant consistent low high same current")

AWARDED = words("rating judgement judgment award accreditation status flag grade kitemark")

# Kept, but only with a level: "keep children safe" and "retain staff" are work.
KEEPING = one_of(
    "keep | keeping | hold | holding | retain | retaining | remain | remaining | stay | staying | stay within"
)

# Nouns that an "increases" after them belongs to: "rent increases".
PRICED = words("tax rent rents price prices fee fees pay cost costs salary premium charge")

# Said first, these hold back the rise that comes after: "limit rent increases to 3%".
CAPPING = words("limit limiting cap capping hold holding keep keeping restrict restricting slow slowing manage freeze")

# What nobody aims at: "increased demand managed within budget".
CIRCUMSTANCES = words(
    """
    demand demands pressure pressures risk risks complexity need needs costs likelihood chance
    """
)

# Tables of indicators say it outright.
POLARITY = Phrases(
    {
        f"{degree} {joint} {good}": way
        for way, degrees in (
            (_UP, ("higher", "high", "bigger", "more")),
            (_DOWN, ("lower", "low", "smaller", "less", "fewer")),
        )
        for degree, joint, good in product(degrees, ("is", "="), ("better", "good", "best"))
    }
)

# What is made of a rise or fall: no more of it, the opposite of it, or nothing that says which way the
# figure goes.
TURNS = table(
    {
        Turn.STOPPED: """
            no | not | stop | stopping | halt | halting | prevent | preventing | avoid | avoiding |
            arrest | arresting | stem | stemming | without | zero
        """,
        Turn.REVERSED: "reverse | reversing | reversal of",
        Turn.UNSAID: """
            slow | slowing | tackle | tackling | manage | managing | address | addressing | respond
            to| responding to | limit | limiting | mitigate | mitigating | contain | containing |
            monitor | monitoring | understand | rate of | rates of | risk of | impact of | effect of
            | plan for | despite
        """,
    }
)
