"""How far words reach: what may lead a clause, and what only tells of those counted or of a reason."""

from outcome_bees.statements.cues.table import one_of, words

__all__ = ["ASIDE", "EXPLAINING", "HAVING", "LEADING", "OPENING", "THINGS_DONE", "TOLD", "WAITED", "WORKING"]

# After these, a rise or fall is a reason or a circumstance, never an aim.
EXPLAINING = one_of(
    """
    due to | despite | because of | because | following | given | owing to | as result of | in
    response to | caused by | driven by | linked to | attributed to | in context of | at risk of |
    reflecting | resulting from | in light of
    """
)

# What follows these is told of the people counted, and is no aim: "residents reporting reduced loneliness".
TOLD = one_of(
    """
    who | whose | whom | that | which | where | reporting | report | reports | saying | say | feel |
    feeling | showing
    """
)

HAVING = one_of(
    """
    with | having | supported | helped | enabled | able | receiving | achieving | attending |
    experiencing | earning | scoring | waiting | living | aged
    """
)

# "Waiting" before one of these is part of a name.
WAITED = words("time times list lists room rooms")

# Words that may stand before the aim without being what is measured.
LEADING = one_of(
    """
    for | up | to | we | will | we'll | aim | aims | aiming | aim is | is | are | be | being | seek
    | seeking | continue | continues | continued | continuing | further | significant |
    significantly | sustained | steady | stable | marked | measurable | net | overall | annual | year-on-year
    | achieve | achieving | see | seeing | ensure | ensuring | evidence | of | there | and | or |
    also | target | ambition | objective | goal | intention | work | working | strive | demonstrate
    | demonstrable | deliver | delivering | secure | small | large | overall | on | by | then | that
    | have | has | as | well | steadily | gradually | actively | help | helping | wish | want |
    would | like | drive | driving | contribute |
    contributing | it | include | includes | including | year | out | carry | undertake | conduct |
    council | partnership
    """
)

# Work that a plan does: what follows is what it works on ("recruit more foster carers", "install 250 charge
# points").
WORKING = one_of(
    """
    deliver | delivering | provide | providing | support | supporting | help | helping | enable |
    enabling | encourage | encouraging | recruit | recruiting | train | training | plant | planting
    | build | building | create | creating | install | installing | offer | offering | get | getting
    | see | have | attract | attracting | secure | securing | save | saving | invest | investing |
    bring | open | opening | make | making | keep | keeping | reach | engage | work | working |
    place | placing | house | upgrade | retrofit | repair | convert | fit | issue | complete | hold
    | run | host | fund | generate | raise | identify | respond to | use | divert | collect |
    process | move | reaching | delivery | creation | construction | provision | installation |
    completion | recruitment
    """
)

# Words in "-ing" that are things; any other before a limit is what somebody does ("pupils scoring above
# 100").
THINGS_DONE = words(
    """
    training housing funding learning wellbeing parenting building recycling spending planning
    cycling walking smoking drinking breastfeeding nursing volunteering teaching crossing parking
    lighting childminding remaining being keeping staying maintaining rating ranking outstanding
    """
)

# What stands after these is what a figure is about: "satisfaction with waiting times".
ASIDE = words("for with on about among at from through against")

# A clause may begin after these and a comma: "By working with schools, reduce …".
OPENING = one_of(
    """
    by | from | starting | beginning | in | over | during | within | between | through | working
    with | since | as | across | until | after | compared with | compared to | on | before | for | without
    """
)
