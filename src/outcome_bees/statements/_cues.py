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
    """Return phrases by their meanings, with bars between those of one meaning.

    A slash is between words that each do: "rise/rises in"; before the first, none does as well. "Stop~" is also
    "stopping".
    """
    phrases = (
        (" ".join(each), meaning)
        for meaning, text in rows.items()
        for phrase in text.split("|")
        for each in product(*(word.split("/") for word in phrase.split()))
    )
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
    """increase~/raise~/grow~/boost~/expand~/widen~/double~/treble~/triple~/maximise~ | drive~/scale~/step~/push~ up""",
    """reduce~/decrease~/lower~/cut~/narrow~/minimise~/eliminate~/eradicate~/halve~/shorten~/lessen~/shrink~/curb~ |
        end~ | bring~/drive~ down | phase~ out | close~""",
    "maintain~/sustain~/preserve~/stabilise~",
)
# A noun says it of something: "a fall in complaints", where "falls" alone are what happens to older people.
NOUNS = ways(
    "increase/rise/growth in/of | increases/rises/uplift/upturn in | upward trend in",
    """decrease/reduction in/of | decreases/reductions/fall/drop/decline/cut/cuts in | cut to | narrowing of |
        downward trend in""",
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
        STOPPED: "no/not/without/zero/stop~/halt~/prevent~/avoid~/arrest~/stem~",
        REVERSED: "reverse~ | reversal of",
        OPEN: """slow~/tackle~/manage~/address~/limit~/mitigate~/contain~/monitor~/understand/despite | respond~ to |
            rate/rates/risk/impact/effect of | plan for""",
    }
)
QUALIFYING = words("further any continued recent continuing significant overall")
# Tables of indicators say it outright: "lower is better".
POLARITY = ways("higher/high/bigger/more is/= better/good/best", "lower/low/smaller/less/fewer is/= better/good/best")
# "Complaints reduced by 5%", "rates falling". "Raised" is not here: concerns and funds are raised.
PREDICATES = ways(
    """increased/increasing/increases/increase | risen/rising/rises/rise | growing/grows/grow/grown | boosted/lifted |
        doubled/trebled/tripled | widen/widens/widened/widening | up""",
    """reduced/reducing/reduces/reduce | decreased/decreasing/decreases/decrease | fallen/falling/falls/fall | lowered |
        declined/declining/decline | narrowed/narrowing/narrow/narrows | halved | down | minimised/minimise | cut |
        eliminated/shortened | close/closes/closing | drop/dropping | brought down""",
    """maintained/maintain/sustained/retained | stable/steady/unchanged | remain/remains/remaining | stay/stays |
        kept/held | no worse than""",
)
# These are the figure's own verbs wherever they end a clause; "falling" and "growing" are also what people do.
TURNED = words("""increased increasing risen reduced reducing decreased decreasing fallen declined declining lowered
    narrowed narrowing halved minimised eliminated shortened doubled trebled tripled""")
AUXILIARIES = words("is are be being been to has have will should must not go goes going come comes")
# Before "up" and "down" these make another verb: "taken up by".
TAKEN_UP = words("taken take takes taking set made signed picked followed put caught topped broken written")
# At the head, these hold back the rise that comes after: "limit rent increases to 3%".
CAPPING = one_of("limit~ | cap~ | hold~ | keep~ | restrict~ | slow~ | manage~ | freeze")
_MORE, _LESS = "more/greater/higher/larger/longer/wider", "less/fewer/lower/smaller/shorter/narrower"
_NO = "no/not/never/nothing"  # "no less than" says the same as "more than", and denies it in one breath
DENYING = words("not never cannot without nothing nor")
# A limit with a number or a comparator: which side of it is wanted.
BOUNDS = ways(
    f"""at least | at or over/above | over/above | minimum/min | minimum of | exceed/exceeds/exceeding | in excess of
        | equal to or above | ≥ | >= | > | {_MORE} than | {_MORE} than or equal to | {_NO} {_LESS} than""",
    f"""at most | at or under/below | under/below | maximum/max | maximum of | equal to or below | ≤ | <= | < |
        {_LESS} than | {_LESS} than or equal to | {_NO} {_MORE} than""",
)
AFTERTHOUGHTS = ways(
    "+ | or more/above/higher/better/over/greater | and above/over | minimum",
    "or less/fewer/below/lower/under | and below/under | maximum/max",
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
_SPANS = "days/weeks/hours/months"
KINDS = table(
    {
        MeasureKind.COUNT: "number/numbers | number/numbers/count/instances of | total number of",
        MeasureKind.PERCENTAGE: """percentage/percentages/%/percentage-point/proportion/proportions/prevalence |
            share of""",
        MeasureKind.RATE: "rate/rates/ratio/incidence",
        MeasureKind.SCORE: "score/scores/index | attainment/progress 8 | points score | net promoter",
        MeasureKind.RANK: "rank/ranks/ranking/rankings | league table",
        MeasureKind.RATING: """rating/ratings/judgement/judgements/judgment/grading | star rating |
            inspection outcome/outcomes/grade""",
        MeasureKind.DURATION: f"""time/times/wait/waits/delay/turnaround/duration | average/median/mean/longest wait |
            waiting time/times | length of stay | life expectancy | average /working {_SPANS} |
            /average number of /working {_SPANS} | /working {_SPANS} lost/taken""",
        MeasureKind.AMOUNT: """cost/costs/spend/spending/expenditure/income/revenue/savings/debt/debts/arrears/£ |
            value/amount of | amount | tonnes/tonnage/kilograms/kilogrammes/kg/kwh/litres | underspend/overspend |
            deficit/surplus/reserves | net worth | unit cost/costs | price/prices""",
    }
)
# Words that hold a kind's word and are not of that kind.
NAMES = one_of("""business rates | interest rate/rates | cost of living | debt advice | low income | value for money |
    index of multiple deprivation | time to time | nature reserves | at all times | savings account | of/at/on/in/end
    time | first/full/part/real/any/one/same/long time | at any time | time limited/use/for | two/three/four times""")
AS_SHARE = one_of("as percentage/%/proportion/share of")
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
UNIT_NOUNS = {"children": "child", "places": "place", "schools": "school"}
UNIT_NOUNS |= dict.fromkeys(("people", "persons", "adults", "residents"), "person")
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
IMPROVING = one_of("improve/improves/improved/improving/better/faster/quicker | improvement/improvements /in")
GRADES = words("good outstanding inadequate excellent")
LEVELS = one_of("""high/high-quality/low/sufficient | adequate/strong/good/outstanding | excellent | high/low levels of
    | good or better/outstanding""")
# Other authorities, wherever these words are: whose, and which figure or group of them.
# The regions are the nine of official statistics.
_NATIONS = """national | nationally | england | uk | regional | regionally | region | great britain | east of england |
    south/north east/west | east/west midlands | yorkshire | london"""
NATIONAL = one_of(_NATIONS)
OTHERS = one_of(
    " | ".join(f"{nation} average | average for {nation}" for nation in _NATIONS.split("|"))
    + """| national/england/english/uk/regional/region/peer average/averages/rate/figure/level/median/mean/group |
    similar/comparator/peer/neighbouring/other/benchmark authorities/councils/counties/areas/forces/trusts/schools |
    statistical/nearest neighbour/neighbours | most similar forces/group | similar force | comparator group | nationally
    | other local authorities | county councils | benchmarking group | national comparators/benchmark | family group
    average/mean | above/below/than average"""
)
# The nation or region named after a word that compares.
COMPARING = one_of("""than/below/above/against/exceed/exceeds | match/matching/versus/vs | at or above/below | relative
    to | compared/comparison with/to | line with | close/closer/similar/equal to | gap to/with | parity with""")
# With a date or the past after them.
AGAINST = one_of("""compared with/to | in comparison with/to | against/above/below/than | relative to |
    at or above/below""")
# A standard that the nation sets is no figure of the nation's.
SET = things("ambition target standard limit threshold minimum maximum")
QUARTILES = one_of("quartile/quartiles/decile/quintile | best/top/bottom/worst 25%/quarter of")
PAST = one_of("""month on month | quarter on quarter | year on year | year-on-year/pre-pandemic/annually | same level |
    previous/last/prior/each/every year | baseline/baselines | previous quarter/years | than in/last/previous | current
    level/levels""")
# After these, a rise or fall is a reason or a circumstance, never an aim.
REASONS = one_of("""due/owing/linked/attributed to | despite/because/following/given/reflecting | because of |
    as result of | in response to | caused/driven by | in context of | at risk of | resulting from | in light of""")
# What follows these describes the people counted, and is no aim: "residents reporting reduced loneliness".
RELATIVES = one_of("""who/whose/whom/that/which/where/reporting/report/reports/saying/say/feel/feeling/showing""")
HAVING = one_of("""with/having/supported/helped/enabled/able/receiving/achieving/attending/experiencing/earning |
    scoring/waiting/living/aged""")
# "Waiting" before one of these is part of a name.
WAITED = words("time times list lists room rooms")
# Words that may come before the aim without being what is measured.
LEADING = one_of("""aim~/seek~/continue~/achieve~/see~ | ensure~/work~/strive~/demonstrate~ | deliver~/secure~/help~ |
    drive~/contribute~/include~/undertake~ | conduct~ | for/up/to/we/will/we'll/aims/is/are/be |
    being/continues/continued/of | by | aim is | further/significant/significantly | sustained/steady/stable/marked |
    measurable/net/overall/annual/evidence | year-on-year/there/and/or/also/target | ambition/objective/goal/intention
    | demonstrable/small/large/on/then/that | as | have/has/well/steadily/gradually | actively/wish/want/would/like/it
    | includes/year/out/carry/council | partnership""")
# Work that a plan does: what follows is what it works on ("recruit more foster carers", "install 250 charge points").
WORKING = one_of("""deliver~/provide~/support~/help~ | enable~/encourage~/recruit~/train~ |
    plant~/build~/create~/install~ | offer~/get~/see~/have~/attract~/secure~ | save~/invest~/bring~/open~/make~/keep~ |
    reach~/engage~/work~/place~/house~ | upgrade~/retrofit~/repair~/convert~ | fit~/issue~/complete~/hold~/run~/host~ |
    fund~/generate~/raise~/identify~/use~ | divert~/collect~/process~/move~ | respond~ to |
    delivery/creation/construction | provision/installation/completion | recruitment""")
# What follows these is what a figure is about: "satisfaction with waiting times".
ASIDE = words("for with on about among at from through against")
# A clause may begin after these and a comma: "By working with schools, reduce …".
OPENING = one_of("""by/from/starting/beginning/in/over | during/within/between/through/since/as | across/until/after/on
    | working with | compared with/to | before/for/without""")
# Whether the date itself is left out. "Until", "to" and "from" are not here: they bound what is counted or paid for.
UNTIL = table(
    {
        False: """by | by/on or before | no/not later than | at latest by | deadline /of | target/completion date |
            target date of | due /by/in/on | due for completion in | in time for | ready for""",
        True: "before | ahead of | prior to | in advance of",
    }
)
EDGES = table(
    {"end": "end /of | close/conclusion/completion of | last day of", "start": "start/beginning of | first day of"}
)
# A date after one of these describes those counted or what is foreseen: "homes built before", "expected by".
WHEN_COUNTED = words("born built made since expected forecast projected predicted anticipated estimated")
RECEIVED = words("received referred registered lodged logged reported admitted arrived")  # only where it is "before"
# What may follow a deadline that an article leads: "by the 2026 deadline", "by the 2026/27 year and …".
GOING_ON = words("deadline date target milestone and or to for in with at but")
DOING = one_of("""complete/launch/publish/adopt/develop | implement/agree/establish/introduce | review/become/approve |
    submit/produce/sign/commission/procure | refresh/finalise/open/deliver/design | create/embed/appoint/mobilise/hold
    | conduct/pilot/update/transfer | roll out | set up | put in place | achieve accreditation | go live | consult on |
    move to | reach/achieve net zero | achieve carbon neutrality""")
DONE = one_of("""completed/complete/launched/launches | published/adopted/signed/balanced | agreed/approved/implemented
    | opened/opens/open/live/operational | established/introduced/finished | finalised/refreshed/mobilised/begins |
    starts | signed off | in place | goes live | rolled out | set up | carried out | ratified""")
NOMINAL_STEPS = one_of("""completion/launch/implementation/roll-out/rollout/mobilisation /of | go-live |
    adoption/publication/delivery/opening/introduction/development/establishment/creation/approval/procurement of |
    submission/review/refresh/design of""")
NARRATIVE = one_of("""data/survey/surveys/questionnaire | questionnaires/feedback/views/comments | comment/findings |
    evidence/stories/story/testimonials | testimony/interviews/interview/audit | audits/results/narrative/reflections |
    observations/voice/voices/conversations | qualitative/reports/report/commentary | experience/experiences/progress |
    self-assessment | self-evaluation | survey/consultation responses | case study/studies | focus groups | learning
    from""")
