"""What a figure is compared with: its past, other authorities, a quartile, a level in words."""

from outcome_bees.statements.cues.table import one_of, words

__all__ = [
    "AGAINST",
    "COMPARING",
    "GATHERINGS",
    "GRADES",
    "IMPROVING",
    "LEVELS",
    "NATIONAL",
    "OTHERS",
    "PAST",
    "QUARTILES",
    "SET",
]

IMPROVING = one_of(
    """
    improve | improves | improved | improving | improvement in | improvements in | improvement |
    improvements | better | faster | quicker
    """
)

GRADES = words("good outstanding inadequate excellent")

LEVELS = one_of(
    """
    high | high-quality | low | sufficient | adequate | strong | good | outstanding | good or better | good or
    outstanding | excellent | high levels of | low levels of
    """
)

# Other authorities, wherever these words stand.
OTHERS = one_of(
    """
    national average | national averages | national rate | national figure | national level |
    national median | national mean | england average | english average | england and wales average
    | regional average | region average | uk average | statistical neighbours | statistical
    neighbour | statistical neighbour average | nearest neighbours | nearest neighbour average |
    similar authorities | similar councils | comparator authorities | comparator councils |
    comparator group | similar forces | most similar forces | most similar group | similar force |
    other forces | similar trusts | similar services | similar schools | similar areas | peer average
    | peer authorities | peer group | peer councils | family group | other
    authorities | other councils | nationally | neighbouring counties | neighbouring authorities |
    neighbouring areas | other areas | other counties | above average | below average | than average
    | other local authorities | county councils | benchmark authorities | benchmarking group |
    national comparators | national benchmark | average for england | average for region | south
    east average | east of england average
    """
)

# The nation or region named after a word that compares.
COMPARING = one_of(
    """
    than | below | above | against | exceed | exceeds | match | matching | versus | vs | at or above
    | at or below | compared with | compared to | comparison with | comparison to | line with |
    close to | closer to | similar to | gap to | gap with | relative to | equal to | parity with
    """
)

# The regions are the nine of official statistics.
NATIONAL = one_of(
    """
    national | nationally | england | uk | regional | regionally | region | great britain | east of
    england | south east | south west | north east | north west | east midlands | west midlands |
    yorkshire | london
    """
)

# A family or peer group before one of these is people who meet.
GATHERINGS = words(
    "conference conferences conferencing decision decisions meeting meetings support work worker workers"
)

# With a date or the past after them.
AGAINST = one_of(
    """
    compared to | compared with | in comparison to | in comparison with | against | relative to |
    above | below | at or above | at or below | than
    """
)

# A standard that the nation sets is no figure of the nation's.
SET = words("ambition ambitions target targets standard standards limit limits threshold thresholds minimum maximum")

QUARTILES = one_of(
    """
    quartile | quartiles | decile | quintile | best 25% of | top 25% of | bottom 25% of | worst 25% of |
    top quarter of | best quarter of | bottom quarter of | worst quarter of
    """
)

PAST = one_of(
    """
    month on month | quarter on quarter | baseline | baselines | previous year | last year | prior
    year | year-on-year | year on year | previous quarter | previous years | pre-pandemic | than in
    | than last | than previous | each year | annually | current level | current levels | same level
    | every year
    """
)
