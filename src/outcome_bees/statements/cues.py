"""The words by which plans say things: one table for each thing, each with its reason.

The tables hold words and no rules; how far a word reaches is for the modules that read them. They are
our choice, made from how English public-sector plans are worded at large.
"""

from collections.abc import Mapping
from enum import StrEnum
from itertools import product
from typing import TypeVar

from outcome_bees.statements.words import Phrases
from outcome_bees.vocabulary import Direction, MeasureKind

M = TypeVar("M")


class Turn(StrEnum):
    """What a verb makes of the increase or decrease that it is said of."""

    STOPPED = "stopped"
    REVERSED = "reversed"
    UNSAID = "unsaid"


def _phrases(text: str) -> list[str]:
    return [" ".join(phrase.split()) for phrase in text.split("|")]


def _table(rows: Mapping[M, str]) -> Phrases[M]:
    return Phrases({phrase: meaning for meaning, text in rows.items() for phrase in _phrases(text)})


def _set(text: str) -> Phrases[bool]:
    return _table({True: text})


_UP, _DOWN, _HOLD = Direction.INCREASE, Direction.DECREASE, Direction.MAINTAIN

# --- Which way -------------------------------------------------------------------------------------------------

# What a plan sets out to do. "Improve", "enhance", "strengthen" and "transform" say better, not which way.
VERBS = _table(
    {
        _UP: "increase | raise | grow | boost | expand | widen | double | treble | triple | maximise | drive up"
        " | scale up | step up | push up",
        _DOWN: "reduce | decrease | lower | cut | narrow | minimise | eliminate | eradicate | halve | shorten | lessen"
        " | shrink | curb | end | bring down | drive down | phase out | close",
        _HOLD: "maintain | sustain | preserve | stabilise",
    }
)
GERUNDS = _table(
    {
        _UP: "increasing | raising | growing | boosting | expanding | widening | doubling | maximising | driving up",
        _DOWN: "reducing | decreasing | lowering | cutting | narrowing | minimising | eliminating | eradicating | halving"
        " | shortening | lessening | shrinking | ending | closing | bringing down | driving down",
        _HOLD: "maintaining | sustaining | preserving | stabilising",
    }
)
# A noun says it of something: "a fall in complaints", where "falls" alone are what happens to older people.
NOUNS = _table(
    {
        _UP: "increase in | increases in | increase of | rise in | rises in | growth in | growth of | uplift in | upturn in",
        _DOWN: "decrease in | decreases in | decrease of | reduction in | reductions in | reduction of | fall in | drop in"
        " | decline in | cut in | cuts in | cut to | narrowing of",
    }
)
BARE_NOUNS = _table({_UP: "increase | rise | growth", _DOWN: "decrease | reduction | decline | fall | drop"})
# Said of a thing that follows at once: "fewer complaints", "reduced use of agency staff".
ADJECTIVES = _table(
    {_UP: "more | additional | extra | increased | raised | widened", _DOWN: "fewer | less | reduced | decreased | narrowed | lowered"}
)
# Said of a figure only: "higher take-up", but "higher education" and "lower income" name things.
DEGREES = _table({_UP: "higher | greater | larger", _DOWN: "lower | smaller | shorter"})
# Said of the figure before it: "complaints reduced by 5%", "rates falling", "numbers up on last year". "Raised" is not
# here: concerns and funds are raised.
PREDICATES = _table(
    {
        _UP: "increased | increasing | increases | increase | risen | rising | rises | rise | growing | grows | grow | grown"
        " | up",
        _DOWN: "reduced | reducing | reduces | reduce | decreased | decreasing | decreases | decrease | fallen | falling"
        " | falls | fall | declined | declining | decline | lowered | narrowed | narrowing | narrow | halved | down"
        " | minimised | minimise | eliminated | shortened | close | drop | dropping",
        _HOLD: "maintained | sustained | stable | steady | unchanged | remain | remains | remaining | stay | stays | kept"
        " | held | maintain | retained | no worse than",
    }
)
# These are the figure's own verbs wherever they end a clause; "falling" and "growing" are also what people do.
TURNED = frozenset(
    "increased increasing risen reduced reducing decreased decreasing fallen declined declining lowered narrowed narrowing"
    " halved minimised eliminated shortened".split()
)
# What is raised without being increased.
RAISED = frozenset("concerns concern issues complaints queries questions funds money objections".split())
AUXILIARIES = frozenset("is are be being been to has have will should must not go goes going come comes".split())
STEADY = frozenset("stable steady unchanged constant consistent low high same current".split())
AWARDED = frozenset("rating judgement judgment award accreditation status flag grade kitemark".split())
# Kept, but only with a level: "keep children safe" and "retain staff" are work.
KEEPING = _set("keep | keeping | hold | holding | retain | retaining | remain | stay within")
# What nobody aims at: "increased demand managed within budget".
CIRCUMSTANCES = frozenset("demand demands pressure pressures risk risks complexity need needs costs likelihood chance".split())
# Tables of indicators say it outright.
POLARITY = Phrases(
    {
        f"{degree} {joint} {good}": way
        for way, degrees in ((_UP, ("higher", "high", "bigger", "more")), (_DOWN, ("lower", "low", "smaller", "less", "fewer")))
        for degree, joint, good in product(degrees, ("is", "="), ("better", "good", "best"))
    }
)
# A limit with a number or a comparator: which side of it is wanted.
BOUNDS = _table(
    {
        _UP: "at least | no fewer than | no less than | not less than | no lower than | not fall below | minimum of | minimum"
        " | more than | greater than | higher than | over | above | at or above | exceed | exceeds | exceeding | in excess of"
        " | larger than | longer than | equal to or above | ≥ | >= | >",
        _DOWN: "no more than | not more than | no higher than | no greater than | not exceed | not exceeding | at most"
        " | maximum of | less than | fewer than | lower than | smaller than | narrower than | shorter than | under | below"
        " | at or below | at or under | equal to or below | no longer than | ≤ | <= | <",
    }
)
AFTERTHOUGHTS = _table(
    {
        _UP: "or more | or above | or higher | or better | or over | and above | and over | or greater | minimum",
        _DOWN: "or less | or fewer | or below | or lower | or under | and below | and under | maximum",
    }
)
# What is made of a rise or fall: no more of it, the opposite of it, or nothing that says which way the figure goes.
TURNS = _table(
    {
        Turn.STOPPED: "no | not | stop | stopping | halt | halting | prevent | preventing | avoid | avoiding | arrest"
        " | arresting | stem | stemming | without | zero",
        Turn.REVERSED: "reverse | reversing | reversal of",
        Turn.UNSAID: "slow | slowing | tackle | tackling | manage | managing | address | addressing | respond to"
        " | responding to | limit | limiting | mitigate | mitigating | contain | containing | monitor | monitoring"
        " | understand | rate of | rates of | risk of | impact of | effect of | plan for | despite",
    }
)
# After these, a rise or fall is a reason or a circumstance, never an aim.
EXPLAINING = _set(
    "due to | despite | because of | because | following | given | owing to | as result of | in response to | caused by"
    " | driven by | linked to | attributed to | in context of | at risk of | reflecting | resulting from | meet | in light of"
)
# What follows these is told of the people counted, and is no aim: "residents reporting reduced loneliness".
TOLD = _set("who | whose | whom | that | which | where | reporting | report | reports | saying | say | feel | feeling | showing")
HAVING = _set(
    "with | having | supported | helped | enabled | able | receiving | achieving | attending | experiencing | earning"
    " | scoring | waiting | living | aged "
)
# Words that may stand before the aim without being what is measured.
LEADING = _set(
    "to | we | will | we'll | aim | aims | aiming | aim is | is | are | be | being | seek | seeking | continue | continues"
    " | continued | continuing | further | significant | significantly | sustained | steady | marked | measurable | net"
    " | overall | annual | year-on-year | achieve | achieving | see | seeing | ensure | ensuring | evidence | of | there"
    " | and | or | also | target | ambition | objective | goal | intention | work | working | strive | demonstrate"
    " | demonstrable | deliver | delivering | secure | small | large | overall | on | by | then | that | have | has | as"
    " | well | steadily | gradually | actively | help | helping | wish | want | would | like | it | include | includes | including | year | out | carry | undertake | conduct | council | partnership"
)
# Work that a plan does: what follows is what it works on ("recruit more foster carers", "install 250 charge points").
WORKING = _set(
    "deliver | delivering | provide | providing | support | supporting | help | helping | enable | enabling | encourage"
    " | encouraging | recruit | recruiting | train | training | plant | planting | build | building | create | creating"
    " | install | installing | offer | offering | get | getting | see | have | attract | attracting | secure | securing"
    " | save | saving | invest | investing | bring | open | opening | make | making | keep | keeping | reach | engage"
    " | work | working | place | placing | house | upgrade | retrofit | repair | convert | fit | issue | complete | hold"
    " | run | host | fund | generate | raise | identify | respond to | use | divert | collect | process | move | reaching | delivery | creation | construction | provision | installation | completion | recruitment"
)
IMPROVING = _set(
    "improve | improves | improved | improving | improvement in | improvements in | improvement | improvements | better"
)

# --- What sort of figure ---------------------------------------------------------------------------------------

KINDS = _table(
    {
        MeasureKind.COUNT: "number | numbers | number of | numbers of | count of | total number of | instances of",
        MeasureKind.PERCENTAGE: "percentage | percentages | % | proportion | proportions | share of | prevalence"
        " | percentage-point",
        MeasureKind.RATE: "rate | rates | ratio | incidence",
        MeasureKind.SCORE: "score | scores | index | attainment 8 | progress 8 | points score | net promoter",
        MeasureKind.RANK: "rank | ranks | ranking | rankings | league table",
        MeasureKind.RATING: "rating | ratings | judgement | judgements | judgment | grading | inspection outcome"
        " | inspection outcomes | inspection grade | star rating",
        MeasureKind.DURATION: "time | times | average wait | waits | delay | turnaround | length of stay | days lost | hours lost"
        " | working days lost | days taken | weeks taken | average days | average hours | average number of days"
        " | average number of weeks | average number of months | average working days | number of days | number of weeks"
        " | number of working days | number of hours | number of months | life expectancy | duration",
        MeasureKind.AMOUNT: "cost | costs | spend | spending | expenditure | income | revenue | savings | debt | debts"
        " | arrears | value of | amount of | amount | tonnes | tonnage | kilograms | kilogrammes | kg | kwh | litres"
        " | underspend | overspend | deficit | surplus | reserves | net worth | £ | unit cost | unit costs | price | prices",
    }
)
# Words that hold a kind's word and are not of that kind.
NAMES = _set(
    "business rates | interest rate | interest rates | cost of living | debt advice | low income | value for money"
    " | index of multiple deprivation | time to time | nature reserves | at all times | savings account | first time | full time"
    " | part time | real time | on time | in time | at any time | any time | one time | same time | of time | at time | long time"
    " | time limited | three times | two times | four times | time use | time for | end time"
)
AS_SHARE = _set("as percentage of | as % of | as proportion of | as share of")
FRACTIONS = frozenset("half third thirds two-thirds quarter quarters three-quarters fifth tenth".split())
ZERO_NAMED = frozenset("carbon emission emissions tolerance waste based rated".split())
PER_SIZES = {"thousand": 1_000, "million": 1_000_000}
# Things counted one by one, as the head of a sentence says them: "complaints upheld".
COUNTED = frozenset(
    "children people residents adults pupils students tenants carers households families apprentices apprenticeships"
    " volunteers businesses jobs homes dwellings properties schools settings places placements complaints compliments visits"
    " visitors referrals admissions readmissions discharges exclusions suspensions incidents collisions casualties deaths"
    " births offences crimes cases calls applications appeals evictions vacancies trees vehicles journeys passengers trips"
    " events sessions members users customers calls contacts concerns enquiries requests assessments plans inspections"
    " repairs victims patients workers teachers childminders learners starts adoptions adopters fires injuries burglaries"
    " prosecutions permits licences defects potholes allotments parks libraries books loans grants clubs conceptions"
    " diagnoses qualifications registrations points offenders entrants leavers posts roles staff employees colleagues"
    " champions ambassadors mentors attendances absences enforcement missed collections premises passes".split()
)
# What may follow the head of a phrase: anything else makes it part of a name ("carers survey", "people plan").
FOLLOWING = frozenset(
    "of with for who at from on and that per between to in among by within across under over whose which where not or known"
    " upheld built born held seen made lost left met out up down is are be will has have than as after before during aged"
    " looked through against into since until without due".split()
)
UNIT_NOUNS = {
    "children": "child",
    "people": "person",
    "persons": "person",
    "adults": "person",
    "residents": "person",
    "places": "place",
    "schools": "school",
}
TIMES = {
    **dict.fromkeys(("hour", "hours"), "hour"),
    **dict.fromkeys(("day", "days"), "day"),
    **dict.fromkeys(("week", "weeks"), "week"),
    **dict.fromkeys(("month", "months"), "month"),
    **dict.fromkeys(("year", "years"), "year"),
    **dict.fromkeys(("minute", "minutes", "second", "seconds"), ""),  # in no unit of the closed list
}
# A figure's own name, for "higher take-up" and "rates falling".
MEASURED = frozenset(
    "number numbers percentage proportion rate rates level levels take-up uptake share use usage satisfaction cost costs"
    " average prevalence incidence attendance participation volume volumes demand turnover completion engagement recycling"
    " score scores attainment productivity caseloads spend income absence confidence awareness coverage retention occupancy"
    " emissions times waits prices wages earnings pay employment unemployment gap difference footfall".split()
)
NAMED_BY_DEGREE = frozenset("education needs level rate-payers income tier limb super secondary carbon court".split())

# Words in "-ing" that are things; any other before a limit is what somebody does ("pupils scoring above 100").
THINGS_DONE = frozenset(
    "training housing funding learning wellbeing parenting building recycling spending planning cycling walking smoking drinking"
    " breastfeeding nursing volunteering teaching crossing parking lighting childminding remaining being keeping staying"
    " maintaining rating ranking".split()
)

# --- Steps, words and levels -----------------------------------------------------------------------------------

DOING = _set(
    "complete | launch | publish | adopt | develop | implement | agree | establish | introduce | roll out | review | become"
    " | approve | submit | produce | sign | commission | procure | set up | put in place | refresh | finalise | open | deliver"
    " | design | create | embed | appoint | achieve accreditation | mobilise | go live | consult on | hold | conduct | pilot"
    " | update | transfer | move to | reach net zero | achieve net zero | achieve carbon neutrality"
)
DONE = _set(
    "completed | complete | launched | launches | published | adopted | signed off | signed | balanced | agreed | approved | implemented"
    " | opened | opens | open | in place | live | goes live | operational | delivered | established | introduced | submitted"
    " | produced | commissioned | rolled out | finished | finalised | refreshed | mobilised | appointed | set up | embedded"
    " | awarded | achieved | reviewed | developed | built | created | transferred | begins | starts | carried out | ratified"
)
NOMINAL_STEPS = _set(
    "completion | completion of | launch | launch of | implementation | implementation of | adoption of | publication of"
    " | roll-out | roll-out of | rollout | rollout of | go-live | mobilisation | mobilisation of | delivery of | opening of"
    " | introduction of | development of | establishment of | creation of | approval of | procurement of | submission of"
    " | review of | refresh of | design of"
)
DECIDED = frozenset("approved agreed adopted signed ratified endorsed".split())
FINITE_STEPS = frozenset("open opens launches live begins starts".split())
NARRATIVE = _set(
    "data | survey | surveys | feedback | views | comments | comment | findings | evidence | stories | story | case studies"
    " | case study | testimonials | testimony | interviews | interview | audit | audits | results | narrative | reflections"
    " | observations | voice | voices | conversations | consultation responses | qualitative | reports | report | commentary"
    " | experience | experiences | progress | self-assessment | self-evaluation | focus groups | learning from"
)
GRADES = frozenset("good outstanding inadequate excellent".split())
LEVELS = _set(
    "high | low | sufficient | adequate | strong | good | outstanding | good or better | good or outstanding | excellent"
    " | high levels of | low levels of"
)

# --- What it is compared with ----------------------------------------------------------------------------------

# Other authorities, wherever these words stand.
OTHERS = _set(
    "national average | national averages | national rate | national figure | national level | national median | national mean"
    " | england average | english average | england and wales average | regional average | region average | uk average"
    " | statistical neighbours | statistical neighbour | statistical neighbour average | nearest neighbours"
    " | nearest neighbour average | similar authorities | similar councils | comparator authorities | comparator councils"
    " | comparator group | peer authorities | peer group | peer councils | family group | other authorities | other councils"
    " | nationally | neighbouring counties | neighbouring authorities | neighbouring areas | other areas | other counties | above average | below average | than average | other local authorities | county councils | benchmark authorities | benchmarking group | national comparators"
    " | national benchmark | average for england | average for region | south east average | east of england average"
)
# The nation or region named after a word that compares.
COMPARING = _set(
    "than | below | above | against | exceed | exceeds | match | matching | versus | vs | at or above | at or below"
    " | compared with | compared to | comparison with | comparison to | line with | close to | closer to | similar to | gap to"
    " | gap with | relative to | equal to | parity with"
)
# The regions are the nine of official statistics.
NATIONAL = _set(
    "national | nationally | england | uk | regional | regionally | region | great britain | east of england"
    " | south east | south west | north east | north west | east midlands | west midlands | yorkshire | london"
)
# With a date or the past after them.
AGAINST = _set("compared to | compared with | in comparison to | in comparison with | against | relative to | than")
QUARTILES = _set("quartile | quartiles | decile | quintile")
PAST = _set(
    "baseline | baselines | previous year | last year | prior year | year-on-year | year on year | previous quarter"
    " | previous years | pre-pandemic"
    " | than in | than last | than previous | each year | annually | current level | current levels | same level | every year"
)
