"""What sort of figure: the words for kinds and units, the things that are counted, and names that mislead."""

from outcome_bees.statements.cues.table import one_of, table, words
from outcome_bees.vocabulary import MeasureKind

__all__ = [
    "ARROWS",
    "AS_SHARE",
    "COUNTED",
    "EMERGENCY",
    "FOLLOWING",
    "FRACTIONS",
    "GAPS",
    "GOALS",
    "KINDS",
    "MEASURED",
    "NAMES",
    "NAMING",
    "ORIGINS",
    "PARTED",
    "PER_SIZES",
    "REACHING",
    "SIZED",
    "TIMES",
    "UNIT_NOUNS",
    "WEIGHED",
    "ZEROS",
    "ZERO_NAMED",
]

KINDS = table(
    {
        MeasureKind.COUNT: """
            number | numbers | number of | numbers of | count of | total number of | instances of
        """,
        MeasureKind.PERCENTAGE: """
            percentage | percentages | % | proportion | proportions | share of | prevalence |
            percentage-point
        """,
        MeasureKind.RATE: "rate | rates | ratio | incidence",
        MeasureKind.SCORE: "score | scores | index | attainment 8 | progress 8 | points score | net promoter",
        MeasureKind.RANK: "rank | ranks | ranking | rankings | league table",
        MeasureKind.RATING: """
            rating | ratings | judgement | judgements | judgment | grading | inspection outcome |
            inspection outcomes | inspection grade | star rating
        """,
        MeasureKind.DURATION: """
            time | times | average wait | median wait | mean wait | longest wait | wait | waits | waiting time |
            waiting times | delay | turnaround | length of stay | days lost |
            hours lost| working days lost | days taken | weeks taken | average days | average hours
            | average number of days | average number of weeks | average number of months | average
            working days | number of days | number of weeks | number of working days | number of
            hours | number of months | life expectancy | duration
        """,
        MeasureKind.AMOUNT: """
            cost | costs | spend | spending | expenditure | income | revenue | savings | debt |
            debts| arrears | value of | amount of | amount | tonnes | tonnage | kilograms |
            kilogrammes | kg | kwh | litres | underspend | overspend | deficit | surplus | reserves
            | net worth | £ | unit cost | unit costs | price | prices
        """,
    }
)

# Words that hold a kind's word and are not of that kind.
NAMES = one_of(
    """
    business rates | interest rate | interest rates | cost of living | debt advice | low income |
    value for money | index of multiple deprivation | time to time | nature reserves | at all times
    | savings account | first time | full time | part time | real time | on time | in time | at any
    time | any time | one time | same time | of time | at time | long time | time limited | three
    times | two times | four times | time use | time for | end time
    """
)

AS_SHARE = one_of("as percentage of | as % of | as proportion of | as share of")

FRACTIONS = words(
    """
    half third thirds one-third two-thirds quarter quarters one-quarter three-quarters fifth one-fifth
    tenth one-tenth
    """
)

# After a fraction's word these make it a name: "by half term", "by a third party".
PARTED = words("term terms year years party parties sector person time end of")

ZEROS = words("zero nil none")

# "Net zero" and its kin are names.
ZERO_NAMED = words("carbon emission emissions tolerance waste based rated")

PER_SIZES = {"thousand": 1_000, "million": 1_000_000}

# Things counted one by one, as the head of a sentence says them: "complaints upheld".
COUNTED = words(
    """
    children people residents adults pupils students tenants carers households families apprentices
    apprenticeships volunteers businesses jobs homes dwellings properties schools settings places
    placements complaints compliments visits visitors referrals admissions readmissions discharges
    exclusions suspensions incidents collisions casualties deaths births offences crimes cases calls
    applications appeals evictions vacancies trees vehicles journeys passengers trips events
    sessions members users customers calls contacts concerns enquiries requests assessments plans
    inspections repairs victims patients workers teachers childminders learners starts adoptions
    adopters fires injuries burglaries prosecutions permits licences defects potholes allotments
    parks libraries books loans grants clubs conceptions diagnoses qualifications registrations
    points offenders entrants leavers posts roles staff employees colleagues champions ambassadors
    mentors fatalities attendances absences enforcement missed collections premises passes
    """
)

# What may follow the head of a phrase: anything else makes it part of a name ("carers survey", "people
# plan").
FOLLOWING = words(
    """
    of with for who at from on and that per between to in among by within across under over whose
    which where not or known upheld built born held seen made lost left met out up down is are be
    will has have than as after before during aged looked through against into since until without
    due subject
    """
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

# Where a figure stands, and where it is to be.
ORIGINS = one_of("baseline | current | currently | actual | starting point | latest | outturn")

GOALS = one_of("target | targets | goal | ambition | aim")

ARROWS = ("→", "⇒", "➔")

# A figure's own name, for "higher take-up" and "rates falling".
MEASURED = words(
    """
    number numbers percentage proportion rate rates level levels take-up uptake share use usage
    satisfaction cost costs average prevalence incidence attendance participation volume volumes
    demand turnover completion engagement recycling score scores attainment productivity caseloads
    spend income absence confidence awareness coverage retention occupancy emissions times waits
    prices wages earnings pay employment unemployment gap difference footfall stays delays
    """
)

GAPS = words("gap gaps difference differences")

# Amounts that are no money, in units that the closed list has not.
WEIGHED = words("pounds tonnes tonnage kilograms kilogrammes kg kwh litres")

# Before a number, these make it an age, a stage, a name or where a figure comes from …
NAMING = words(
    """
    year years age aged ages stage stages ks key grade grades level levels tier band category type
    phase top bottom lowest highest worst best within per between article section part class group
    zone ward route priority objective goal sdg question kpi epc under over attainment progress from
    since
    """
)

# What a number is stated after.
REACHING = words("at is are be achieve achieving reach reaches reaching cover covers covering target hit")

# Numbers that are rung.
EMERGENCY = words("999 101 111")

# … and after it, an age or a share of deprived areas.
SIZED = words("year-old year-olds olds old most least")
