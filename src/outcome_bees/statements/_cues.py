"""The words by which plans say things, in tables, and how a rule about them is decided.

How far a word reaches is for the modules that read it. The tables are our choice, made from how English public-sector
plans are worded at large; each has its reason beside it.
"""

import re
from calendar import month_name
from collections.abc import Mapping
from itertools import product
from typing import TypeVar

from outcome_bees.statements._normalise import PhraseTable
from outcome_bees.vocabulary import Direction, MeasureKind

M = TypeVar("M")


def table(rows: Mapping[M, str]) -> PhraseTable[M]:
    """Return phrases by their meanings, with bars between those of one meaning; "stop~" is also "stopping"."""
    phrases = ((phrase.strip(), meaning) for meaning, text in rows.items() for phrase in text.split("|"))
    forms = ((form, meaning) for phrase, meaning in phrases for form in (phrase.replace("~", ""), _gerund(phrase)))
    return PhraseTable({form: meaning for form, meaning in forms if form})


def _gerund(phrase: str) -> str:
    """Return the gerund of a verb that is marked so: "cutting" of "cut~", "driving up" of "drive~ up"."""
    verb, mark, rest = phrase.partition("~")
    if re.fullmatch("[^aeiou]+[aeiou][bgmnpt]", verb):  # "cut", "stop", "plan"
        verb += verb[-1]
    return f"{verb if verb.endswith('ee') else verb.removesuffix('e')}ing{rest}" if mark else ""


def ways(up: str, down: str, hold: str = "") -> PhraseTable[Direction]:
    """Return phrases that say a direction; to hold is a direction too."""
    return table({Direction.INCREASE: up, Direction.DECREASE: down, **({Direction.MAINTAIN: hold} if hold else {})})


def one_of(text: str) -> PhraseTable[bool]:
    """Return phrases that all mean the same."""
    return table({True: text})


def things(text: str) -> frozenset[str]:
    """Return words, each with its plural in "s"."""
    return words(text) | {f"{word}s" for word in text.split()}


def words(text: str) -> frozenset[str]:
    """Return single words that all mean the same."""
    return frozenset(text.split())


def first_that_holds(*rules: tuple[str, object, object]) -> bool:
    """Return the verdict of the first rule that holds; false where none does.

    Each rule has words that it is about, whether it holds, and its verdict.
    """
    return bool(next((verdict for _, holds, verdict in rules if holds), False))


# --- Which way: words that lead a clause

# What a plan sets out to do. "Improve", "enhance", "strengthen" and "transform" say better, not which way.
VERBS = ways(
    """increase~ | raise~ | grow~ | boost~ | expand~ | widen~ | double~ | treble~ | triple~ | maximise~ | drive~ up |
        scale~ up | step~ up | push~ up""",
    """reduce~ | decrease~ | lower~ | cut~ | narrow~ | minimise~ | eliminate~ | eradicate~ | halve~ | shorten~ |
        lessen~ | shrink~ | curb~ | end~ | bring~ down | drive~ down | phase~ out | close~""",
    "maintain~ | sustain~ | preserve~ | stabilise~",
)
# A noun says it of something: "a fall in complaints", where "falls" alone are what happens to older people.
NOUNS = ways(
    """increase in | increases in | increase of | rise in | rises in | growth in | growth of | uplift in | upturn in |
        upward trend in""",
    """decrease in | decreases in | decrease of | reduction in | reductions in | reduction of | fall in | drop in |
        decline in | cut in | cuts in | cut to | narrowing of | downward trend in""",
)
BARE_NOUNS = ways("increase | rise | growth", "decrease | reduction | decline | fall | drop")
# Of a thing that follows at once: "fewer complaints", "reduced use of agency staff".
ADJECTIVES = ways(
    "more | additional | extra | increased | raised | widened",
    "fewer | less | reduced | decreased | narrowed | lowered",
)
# Of a figure only: "higher take-up", but "higher education" and "lower income" name things.
DEGREES = ways("higher | greater | larger", "lower | smaller | shorter")
NAMED_BY_DEGREE = words("""education needs level rate-payers income tier limb super secondary carbon court key stage
    quartile sixth""")
# What is called more so, of things that are not to be more: "more able pupils", "more effective meetings".
GRADED = words("""able deprived disadvantaged complex vulnerable effective efficient timely consistent robust
    responsive inclusive integrated coordinated joined-up intensive severe equitable equal accessible likely difficult
    senior detailed personalised tailored rapid focused lethal than""")
# Words of direction that are part of a name before one of these: "double glazing", "drop in clinic", "more able pupils"
NAMING = {
    **dict.fromkeys(("double", "triple", "treble"), words("glazing glazed yellow decker figures bed room rooms")),
    **dict.fromkeys(("raise", "raising"), things("concern issue complaint query queries question fund money")),
    **dict.fromkeys(("raised", "lowered"), things("kerb crossing table bed platform")),
    **dict.fromkeys(("increase", "decrease"), words("in of")),
    **dict.fromkeys(("more", "less"), GRADED),
    **dict.fromkeys(("higher", "lower", "greater", "larger", "smaller", "shorter"), NAMED_BY_DEGREE),
    "end": words("of to"),
    "growing": things("up place scheme space project older old season"),
    "drop": words("session sessions clinic clinics centre centres service services visits event events"),
}

# What an undertaking is called by, and what after it is counted: "Reducing Parental Conflict programme referrals".
UNDERTAKINGS = things("""programme project scheme campaign training course cohort network service strategy plan policy
    framework charter partnership pilot initiative fund team workshop pledge board group therapies pathway""")
# What nobody aims at: "increased demand managed within budget".
CIRCUMSTANCES = words("demand demands pressure pressures risk risks complexity need needs costs likelihood chance")
# Kept, but only with a level: "keep children safe" and "retain staff" are work.
KEEPING = one_of("keep~ | hold~ | retain~ | remain~ | stay~ | stay within")
STEADY = words("stable steady unchanged constant consistent low high same current")
# What is made of a rise or fall: no more of it, the opposite of it, or nothing that says which way the figure goes.
STOPPED, REVERSED, OPEN = "stopped", "reversed", "open"

TURNS = table(
    {
        STOPPED: "no | not | without | zero | stop~ | halt~ | prevent~ | avoid~ | arrest~ | stem~",
        REVERSED: "reverse~ | reversal of",
        OPEN: """slow~ | tackle~ | manage~ | address~ | respond~ to | limit~ | mitigate~ | contain~ | monitor~ |
            understand | rate of | rates of | risk of | impact of | effect of | plan for | despite""",
    }
)
QUALIFYING = words("further any continued recent continuing significant overall")
# Tables of indicators say it outright: "lower is better".
POLARITY = PhraseTable(
    {
        f"{degree} {joint} {good}": way
        for way, degrees in (
            (Direction.INCREASE, "higher high bigger more"),
            (Direction.DECREASE, "lower low smaller less fewer"),
        )
        for degree, joint, good in product(degrees.split(), ("is", "="), ("better", "good", "best"))
    }
)

# "Complaints reduced by 5%", "rates falling". "Raised" is not here: concerns and funds are raised.
PREDICATES = ways(
    """increased | increasing | increases | increase | risen | rising | rises | rise | growing | grows | grow | grown |
        boosted | lifted | doubled | trebled | tripled | widen | widens | widened | widening | up""",
    """reduced | reducing | reduces | reduce | decreased | decreasing | decreases | decrease | fallen | falling | falls
        | fall | declined | declining | decline | lowered | narrowed | narrowing | narrow | narrows | halved | down |
        minimised | minimise | eliminated | shortened | close | closes | closing | drop | dropping | cut | brought down
        """,
    """maintained | sustained | stable | steady | unchanged | remain | remains | remaining | stay | stays | kept | held
        | maintain | retained | no worse than""",
)
# These are the figure's own verbs wherever they end a clause; "falling" and "growing" are also what people do.
TURNED = words("""increased increasing risen reduced reducing decreased decreasing fallen declined declining lowered
    narrowed narrowing halved minimised eliminated shortened doubled trebled tripled""")
AUXILIARIES = words("is are be being been to has have will should must not go goes going come comes")
# Before "up" and "down" these make another verb: "taken up by".
TAKEN_UP = words("taken take takes taking set made signed picked followed put caught topped broken written")
# At the head, these hold back the rise that comes after: "limit rent increases to 3%".
CAPPING = one_of("limit~ | cap~ | hold~ | keep~ | restrict~ | slow~ | manage~ | freeze")
_MORE, _LESS = "more greater higher larger longer wider", "less fewer lower smaller shorter narrower"


def _than(comparatives: str, denied: str) -> str:
    """Return "more than", and what says the same by a denial in one breath: "no less than", "never fewer than"."""
    plain = [f"{each} than{equal}" for each in comparatives.split() for equal in ("", " or equal to")]
    return " | ".join(
        [*plain, *(f"{no} {each} than" for no in ("no", "not", "never", "nothing") for each in denied.split())]
    )


DENYING = words("not never cannot without nothing nor")
# A limit with a number or a comparator: which side of it is wanted.
BOUNDS = ways(
    f"""at least | at or over | minimum of | minimum | min | over | above | at or above | exceed | exceeds | exceeding
        | in excess of | equal to or above | ≥ | >= | > | {_than(_MORE, _LESS)}""",
    f"""at most | maximum of | maximum | max | under | below | at or below | at or under | equal to or below | ≤ | <= |
        < | {_than(_LESS, _MORE)}""",
)
AFTERTHOUGHTS = ways(
    "+ | or more | or above | or higher | or better | or over | and above | and over | or greater | minimum",
    "or less | or fewer | or below | or lower | or under | and below | and under | maximum | max",
)
# Between a denial and what it denies: "not *to be allowed to fall* below".
ALLOWING = words("""to be been being is are was has have ever go goes going get fall falls falling drop drops dropping
    dip dips dipping slip slips rise rises rising reach allowed permitted let""")
# What has a figure of its own: "schools above the national average" are counted, and none is to be above it.
PLACED = things("""school ward area neighbourhood district household home pupil student adult person resident patient
    employee worker setting provider practice hospital trust road site service council force lsoa community communities
    family families property properties child children people authority authorities""")
# What nobody aims to have below others: "household income below the national average" is a position.
GOOD_WHEN_HIGH = words("income incomes earnings wage wages pay salary salaries")
# Words in "-ing" that are things; any other before a limit is what somebody does ("pupils scoring above 100").
THINGS_DONE = words("""training housing funding learning wellbeing parenting building recycling spending planning
    cycling walking smoking drinking breastfeeding nursing volunteering teaching crossing parking lighting childminding
    remaining being keeping staying maintaining rating ranking outstanding""")


def _of_time(units: str) -> str:
    """Return what is measured in units of time: "days lost", "average number of weeks", "number of working days"."""
    named = product(("average ", "number of ", "average number of "), ("", "working "), units.split())
    spent = product(("", "working "), units.split(), (" lost", " taken"))
    return " | ".join("".join(each) for each in (*named, *spent))


KINDS = table(
    {
        MeasureKind.COUNT: "number | numbers | number of | numbers of | count of | total number of | instances of",
        MeasureKind.PERCENTAGE: """percentage | percentages | % | proportion | proportions | share of | prevalence |
            percentage-point""",
        MeasureKind.RATE: "rate | rates | ratio | incidence",
        MeasureKind.SCORE: "score | scores | index | attainment 8 | progress 8 | points score | net promoter",
        MeasureKind.RANK: "rank | ranks | ranking | rankings | league table",
        MeasureKind.RATING: """rating | ratings | judgement | judgements | judgment | grading | inspection outcome |
            inspection outcomes | inspection grade | star rating""",
        MeasureKind.DURATION: f"""time | times | average wait | median wait | mean wait | longest wait | wait | waits |
            waiting time | waiting times | delay | turnaround | length of stay | life expectancy | duration |
            {_of_time("days weeks hours months")}""",
        MeasureKind.AMOUNT: """cost | costs | spend | spending | expenditure | income | revenue | savings | debt |
            debts | arrears | value of | amount of | amount | tonnes | tonnage | kilograms | kilogrammes | kg | kwh |
            litres | underspend | overspend | deficit | surplus | reserves | net worth | £ | unit cost | unit costs |
            price | prices""",
    }
)
# Words that hold a kind's word and are not of that kind.
NAMES = one_of("""business rates | interest rate | interest rates | cost of living | debt advice | low income | value
    for money | index of multiple deprivation | time to time | nature reserves | at all times | savings account | first
    time | full time | part time | real time | on time | in time | at any time | any time | one time | same time | of
    time | at time | long time | time limited | three times | two times | four times | time use | time for | end time
    """)
AS_SHARE = one_of("as percentage of | as % of | as proportion of | as share of")
# Things counted one by one, as the head of a sentence says them: "complaints upheld".
COUNTED = words("""children people residents adults pupils students tenants carers households families apprentices
    apprenticeships volunteers businesses jobs homes dwellings properties schools settings places placements complaints
    compliments visits visitors referrals admissions readmissions discharges exclusions suspensions incidents
    collisions casualties deaths births offences crimes cases calls applications appeals evictions vacancies trees
    vehicles journeys passengers trips events sessions members users customers contacts concerns enquiries requests
    assessments plans inspections repairs victims patients workers teachers childminders learners starts adoptions
    adopters fires injuries burglaries prosecutions permits licences defects potholes allotments parks libraries books
    loans grants clubs conceptions diagnoses qualifications registrations points offenders entrants leavers posts roles
    staff employees colleagues champions ambassadors mentors fatalities attendances absences enforcement missed
    collections premises passes""")
# What may follow the head of a phrase: anything else makes it part of a name ("carers survey", "people plan").
FOLLOWING = words("""of with for who at from on and that per between to in among by within across under over whose
    which where not or known upheld built born held seen made lost left met out up down is are be will has have than as
    after before during aged looked through against into since until without due subject""")
# A figure's own name, for "higher take-up" and "rates falling".
MEASURED = words("""number numbers percentage proportion rate rates level levels take-up uptake share use usage
    satisfaction cost costs average prevalence incidence attendance participation volume volumes demand turnover
    completion engagement recycling score scores attainment productivity caseloads spend income absence confidence
    awareness coverage retention occupancy emissions times waits prices wages earnings pay employment unemployment gap
    difference footfall stays delays""")
GAPS = words("gap gaps difference differences")
PER_SIZES = {"thousand": 1_000, "million": 1_000_000}

UNIT_NOUNS = dict.fromkeys(("people", "persons", "adults", "residents"), "person") | {
    "children": "child",
    "places": "place",
    "schools": "school",
}

# Units of time, and their codes; minutes and seconds are no unit of the closed list.
TIMES = {f"{unit}{s}": unit for unit in ("hour", "day", "week", "month", "year") for s in ("", "s")} | dict.fromkeys(
    ("minute", "minutes", "second", "seconds"), ""
)

# Amounts that are no money, in units that the closed list has not.
WEIGHED = words("pounds tonnes tonnage kilograms kilogrammes kg kwh litres")
FRACTIONS = words("""half third thirds one-third two-thirds quarter quarters one-quarter three-quarters fifth one-fifth
    tenth one-tenth""")
# After a fraction's word these make it a name: "by half term", "by a third party".
PARTED = words("term terms year years party parties sector person time end of")
ZEROS = words("zero nil none")
# "Net zero" and its kin are names.
ZERO_NAMED = words("carbon emission emissions tolerance waste based rated")
# Where a figure is today, and where it is to be.
ORIGINS = one_of("baseline | current | currently | actual | starting point | latest | outturn")
GOALS = one_of("target | targets | goal | ambition | aim")
MONTHS = frozenset(month_name[at].lower() for at in range(1, 13))

# After a number, these make it an age or a share of deprived areas.
SIZED = words("year-old year-olds olds old most least")
# What a number is stated after.
REACHING = words("to at is are be achieve achieving reach reaches reaching cover covers covering target hit")
IMPROVING = one_of("""improve | improves | improved | improving | improvement in | improvements in | improvement |
    improvements | better | faster | quicker""")
GRADES = words("good outstanding inadequate excellent")
LEVELS = one_of("""high | high-quality | low | sufficient | adequate | strong | good | outstanding | good or better |
    good or outstanding | excellent | high levels of | low levels of""")
# Other authorities, wherever these words are: whose, and which figure or group of them.
_WHOSE = {
    "national england english uk regional region peer": "average averages rate figure level median mean group",
    "similar comparator peer neighbouring other benchmark": "authorities councils counties areas forces trusts schools",
    "statistical nearest": "neighbour neighbours",
}
# The regions are the nine of official statistics.
_NATIONAL = """national | nationally | england | uk | regional | regionally | region | great britain | east of england |
    south east | south west | north east | north west | east midlands | west midlands | yorkshire | london"""
NATIONAL = one_of(_NATIONAL)
OTHERS = one_of(
    " | ".join(" ".join(pair) for whose, what in _WHOSE.items() for pair in product(whose.split(), what.split()))
    + " | "
    + " | ".join(f"{nation.strip()} average | average for {nation.strip()}" for nation in _NATIONAL.split("|"))
    + """| most similar forces | most similar group | similar force | comparator group | nationally | other local
    authorities | county councils | benchmarking group | national comparators | national benchmark | family
    group average | family group mean | above average | below average | than average"""
)

# The nation or region named after a word that compares.
COMPARING = one_of("""than | below | above | against | exceed | exceeds | match | matching | versus | vs | at or above
    | at or below | compared with | compared to | comparison with | comparison to | line with | close to | closer to |
    similar to | gap to | gap with | relative to | equal to | parity with""")
# With a date or the past after them.
AGAINST = one_of("""compared to | compared with | in comparison to | in comparison with | against | relative to | above
    | below | at or above | at or below | than""")
# A standard that the nation sets is no figure of the nation's.
SET = things("ambition target standard limit threshold minimum maximum")
QUARTILES = one_of("""quartile | quartiles | decile | quintile | best 25% of | top 25% of | bottom 25% of | worst 25%
    of | top quarter of | best quarter of | bottom quarter of | worst quarter of""")
PAST = one_of("""month on month | quarter on quarter | baseline | baselines | previous year | last year | prior year |
    year-on-year | year on year | previous quarter | previous years | pre-pandemic | than in | than last | than
    previous | each year | annually | current level | current levels | same level | every year""")
# After these, a rise or fall is a reason or a circumstance, never an aim.
REASONS = one_of("""due to | despite | because of | because | following | given | owing to | as result of | in response
    to | caused by | driven by | linked to | attributed to | in context of | at risk of | reflecting | resulting from |
    in light of""")
# What follows these describes the people counted, and is no aim: "residents reporting reduced loneliness".
RELATIVES = one_of("""who | whose | whom | that | which | where | reporting | report | reports | saying | say | feel |
    feeling | showing""")
HAVING = one_of("""with | having | supported | helped | enabled | able | receiving | achieving | attending |
    experiencing | earning | scoring | waiting | living | aged""")
# "Waiting" before one of these is part of a name.
WAITED = words("time times list lists room rooms")
# Words that may come before the aim without being what is measured.
LEADING = one_of("""aim~ | seek~ | continue~ | achieve~ | see~ | ensure~ | work~ | strive~ | demonstrate~ | deliver~ |
    secure~ | help~ | drive~ | contribute~ | include~ | undertake~ | conduct~ | for | up | to | we | will | we'll |
    aims | aim is | is | are | be | being | continues | continued | further | significant | significantly | sustained |
    steady | stable | marked | measurable | net | overall | annual | year-on-year | evidence | of | there | and | or |
    also | target | ambition | objective | goal | intention | demonstrable | small | large | on | by | then | that |
    have | has | as | well | steadily | gradually | actively | wish | want | would | like | it | includes | year | out
    | carry | council | partnership""")
# Work that a plan does: what follows is what it works on ("recruit more foster carers", "install 250 charge points").
WORKING = one_of("""deliver~ | provide~ | support~ | help~ | enable~ | encourage~ | recruit~ | train~ | plant~ | build~
    | create~ | install~ | offer~ | get~ | see~ | have~ | attract~ | secure~ | save~ | invest~ | bring~ | open~ | make~
    | keep~ | reach~ | engage~ | work~ | place~ | house~ | upgrade~ | retrofit~ | repair~ | convert~ | fit~ | issue~ |
    complete~ | hold~ | run~ | host~ | fund~ | generate~ | raise~ | identify~ | use~ | divert~ | collect~ | process~ |
    move~ | respond~ to | delivery | creation | construction | provision | installation | completion | recruitment""")
# What follows these is what a figure is about: "satisfaction with waiting times".
ASIDE = words("for with on about among at from through against")
# A clause may begin after these and a comma: "By working with schools, reduce …".
OPENING = one_of("""by | from | starting | beginning | in | over | during | within | between | through | working with |
    since | as | across | until | after | compared with | compared to | on | before | for | without""")
# Whether the date itself is left out. "Until", "to" and "from" are not here: they bound what is counted or paid for.
UNTIL = table(
    {
        False: """by | by or before | on or before | no later than | not later than | at latest by | deadline |
            deadline of | target date | target date of | completion date | due | due by | due in | due on | due for
            completion in | in time for | ready for""",
        True: "before | ahead of | prior to | in advance of",
    }
)
EDGES = table(
    {
        "end": "end | end of | close of | conclusion of | last day of | completion of",
        "start": "start of | beginning of | first day of",
    }
)
# A date before one of these names the thing: "as measured by the June 2026 survey".
DATED_THINGS = words("""survey surveys census return returns report data figures inspection budget round cohort class
    intake""")
# A date after one of these describes those counted or what is foreseen: "homes built before", "expected by".
WHEN_COUNTED = words("born built made since expected forecast projected predicted anticipated estimated")
RECEIVED = words("received referred registered lodged logged reported admitted arrived")  # only where it is "before"
# What may follow a deadline that an article leads: "by the 2026 deadline", "by the 2026/27 year and …".
GOING_ON = words("deadline date target milestone and or to for in with at but")
DOING = one_of("""complete | launch | publish | adopt | develop | implement | agree | establish | introduce | roll out
    | review | become | approve | submit | produce | sign | commission | procure | set up | put in place | refresh |
    finalise | open | deliver | design | create | embed | appoint | achieve accreditation | mobilise | go live |
    consult on | hold | conduct | pilot | update | transfer | move to | reach net zero | achieve net zero | achieve
    carbon neutrality""")
DONE = one_of("""completed | complete | launched | launches | published | adopted | signed off | signed | balanced |
    agreed | approved | implemented | opened | opens | open | in place | live | goes live | operational | established |
    introduced | rolled out | finished | finalised | refreshed | mobilised | set up | begins | starts | carried out |
    ratified""")
NOMINAL_STEPS = one_of("""completion | completion of | launch | launch of | implementation | implementation of |
    adoption of | publication of | roll-out | roll-out of | rollout | rollout of | go-live | mobilisation |
    mobilisation of | delivery of | opening of | introduction of | development of | establishment of | creation of |
    approval of | procurement of | submission of | review of | refresh of | design of""")
FINITE_STEPS = words("open opens launches live begins starts")
NARRATIVE = one_of("""data | survey | surveys | survey responses | questionnaire | questionnaires | feedback | views |
    comments | comment | findings | evidence | stories | story | case studies | case study | testimonials | testimony |
    interviews | interview | audit | audits | results | narrative | reflections | observations | voice | voices |
    conversations | consultation responses | qualitative | reports | report | commentary | experience | experiences |
    progress | self-assessment | self-evaluation | focus groups | learning from""")
