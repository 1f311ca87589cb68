"""Until when: the words that make a date a deadline, and those that make it the name of something."""

from enum import StrEnum

from outcome_bees.statements.cues.table import one_of, table, words

__all__ = ["DEADLINE_WORDS", "END", "FORESEEN", "NAMED", "RECEIVED", "SEASONS", "START", "UNTIL", "Edge"]


class Edge(StrEnum):
    """Whether a deadline takes in the date that it names."""

    BY = "by"
    BEFORE = "before"


# "Until", "to" and "from" are not here: they bound what is counted or paid for, not what is to be done.
UNTIL = table(
    {
        Edge.BY: """
            by | by or before | on or before | no later than | not later than | at latest by |
            deadline | deadline of | target date | target date of | completion date | due | due by |
            due in | due on | due for completion in | in time for | ready for
        """,
        Edge.BEFORE: "before | ahead of | prior to | in advance of",
    }
)

END = one_of("end | end of | close of | conclusion of | last day of | completion of")

START = one_of("start of | beginning of | first day of")

# A season begins and ends when it likes; a term does not.
SEASONS = words("autumn spring summer winter")

# A date before one of these names the thing: "as measured by the June 2026 survey".
NAMED = words(
    """
    survey surveys census return returns report data figures inspection budget round cohort class
    intake
    """
)

# What came in before a date is what is counted: "complaints received before 1 April".
RECEIVED = words("received referred registered lodged logged reported admitted arrived born")

# What is only foreseen by a date is nobody's aim.
FORESEEN = words("expected forecast projected predicted anticipated estimated")

DEADLINE_WORDS = words("deadline date target milestone")
