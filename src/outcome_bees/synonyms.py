"""The words that people have for the members of closed lists: suggestions alone, nothing is read by them.

Every tool has its own words for a direction or a frequency. Those that mean one member of a list are suggested, by
classes, documents and tables alike; the rest is compared by spelling.
"""

from collections.abc import Iterable

from outcome_bees.errors import nearest

__all__ = ["SYNONYMS", "meant"]

_NOTHING = ""  # what is near by spelling only, and means something else

SYNONYMS: dict[str, dict[str, str]] = {
    "Direction": {
        "increase": "up|upward|upwards|higher|high|more|rise|rising|raise|grow|growth|gain|ascending|asc|increasing"
        "|increased|maximise|maximize|max|bigger|larger|greater|positive|+|↑|more is better|high is good"
        "|higher is better|high is better|higher is good|bigger is better|larger is better|good to be high"
        "|aim to maximise|aim high|up is good|increase is good|bigger the better|higher the better",
        "decrease": "down|downward|downwards|lower|low|less|fewer|fall|falling|reduce|reduction|reducing|drop|decline"
        "|cut|descending|desc|decreasing|decreased|minimise|minimize|min|smaller|negative|↓|less is better|low is good"
        "|lower is better|low is better|lower is good|smaller is better|fewer is better|good to be low"
        "|aim to minimise|aim low|down is good|decrease is good|lower the better",
        "maintain": "keep|hold|stable|steady|same|sustain|stay|unchanged|no change|constant|level|range|in range"
        "|within range|within a range|goldilocks|target is best|close to target|=|→|↔|retain|remain|stabilise",
        _NOTHING: "improve|improving|better|worse|none|neutral|n/a",
    },
    "Frequency": {
        "yearly": "annual|annually|year|every year|each year|per year|per annum|p.a|pa|once a year|12 monthly"
        "|12-monthly|financial year|academic year|yr|y|a",
        "half_yearly": "biannual|biannually|bi-annual|bi-annually|six monthly|six-monthly|6 monthly|6-monthly"
        "|semiannual|semi-annual|semi-annually|every six months|every 6 months|twice a year"
        "|half year|half-year",
        "termly": "term|every term|each term|per term|school term",
        "quarterly": "quarter|every quarter|each quarter|per quarter|q|qtr|qtrly|3 monthly|3-monthly|three monthly"
        "|every three months|every 3 months|four times a year",
        "monthly": "month|every month|each month|per month|mth|mthly|m|calendar month",
        "weekly": "week|every week|each week|per week|wk|wkly|w",
        "daily": "day|every day|each day|per day|d|day to day",
        _NOTHING: "bimonthly|bi-monthly|biweekly|bi-weekly|fortnightly|biennial|biennially|every two years|ad hoc",
    },
    "Timing": {
        "snapshot": "point in time|point-in-time|as at|stock|instant|census|at a point|on a day|position",
        "flow": "period|in period|in the period|during the period|per period|in-period|in year|in quarter|in month",
        "cumulative": "ytd|year to date|year-to-date|running total|to date|so far|cumulated|accumulated|cum",
        "rolling": "moving|moving average|rolling year|rolling 12 months|12 month rolling|trailing|year ending",
    },
    "MeasureKind": {
        "count": "number|total|volume|integer|quantity|headcount",
        "percentage": "percent|per cent|%|proportion|share|pct|fraction",
        "rate": "per 1,000|per 10,000|per 100,000|rate per",
        "duration": "time|days|weeks|months|length|waiting time|timeliness",
        "amount": "money|currency|cost|spend|budget|£|pounds|financial",
        "score": "index|points|mark|marks",
        "rank": "ranking|position|place",
        "rating": "grade|judgement|ofsted",
        "milestone": "yes/no|y/n|boolean|action|task|project|deliverable|done",
        "narrative": "text|qualitative|words|commentary|description",
        "compound": "composite|combined|basket|group|set",
    },
    "Role": {
        "outcome": "result|impact|outcomes",
        "proxy": "stand-in|indirect|surrogate|leading indicator",
        "activity": "output|input|process|workload|throughput|outputs",
        "contextual": "context|background|demand|monitor|monitoring|for information|information only|info|tracking",
    },
    "Absence": {
        "suppressed": "c|[c]|*|redacted|disclosive|disclosure|hidden|confidential|s|suppression",
        "not_available": "x|[x]|:|..|...|na|missing|no data|not collected|not known|unknown|null|none|blank|tbc",
        "not_applicable": "z|[z]|does not apply|n.a",
        "low": "k|[k]|~|negligible|rounds to zero|[low]",
        "unreliable": "u|[u]|not reliable|low quality|low reliability|small sample",
        "not_available or not_applicable": "n/a",
    },
    "Revision": {
        "forecast": "projected|projection|predicted|prediction|planned|expected|estimate|estimated|e|f|[f]",
        "provisional": "p|(p)|[p]|prov|preliminary|draft|early|unvalidated|unconfirmed|interim|flash",
        "revised": "r|(r)|[r]|rev|updated|amended|corrected|restated|revision",
        "final": "confirmed|validated|definitive|actual|published|audited|finalised|signed off",
        "withdrawn": "removed|retracted|deleted|void|cancelled|superseded",
    },
    "ComparatorMethod": {
        "published": "official|reported|given|as published|stated",
        "pooled": "weighted|weighted average|weighted mean|combined|aggregate|aggregated|sum",
        "median": "middle|med|midpoint",
        _NOTHING: "mean|average|avg",
    },
    "Relation": {
        "same": "unchanged|identical|continued|continues|carried over|carried forward",
        "reworded": "renamed|rephrased|retitled|rewritten",
        "narrowed": "reduced|restricted|part of",
        "widened": "expanded|broadened|extended",
        "split": "divided|separated",
        "merged": "combined|joined|consolidated",
    },
    "YearType": {
        "financial": "fiscal|fy|financial year|fiscal year|budget year|council year|april to march|apr-mar",
        "academic": "ay|academic year|september to august|sep-aug|education",
        "calendar": "cy|calendar year|civil|january to december|jan-dec",
        "tax": "ty|tax year",
        "school": "sy|school year",
    },
    "Severity": {
        "error": "critical|fatal|high|err",
        "warning": "warn|medium",
        "info": "information|note|low|notice|hint",
    },
    "Aim": {
        "reach": "target|at least|at most|at_least|at_most|minimum|maximum|min|max|meet|achieve|hit|number|value",
        "stay_between": "between|range|band|within|stay between|in range",
        "improve": "change|increase|decrease|reduce|improve by|change by",
        "hold": "maintain|keep|stay|sustain|no worse",
        "beat": "better than|better_than|exceed|outperform|compare|comparator",
        "complete": "done|deliver|delivered|milestone|completed|finish",
        "rank": "quartile|position|top|best quarter|top quartile",
    },
    "Trajectory": {
        "flat": "constant|level|same",
        "linear": "straight|straight line|straight_line|line|even|pro rata",
        "profile": "steps|phased|milestones|profiled|by quarter|by month|schedule",
    },
}
"""By closed list, and by its member, the words that people have for it.

Source: council scorecards and the tools for them; our choice which are plain enough to be suggested. Words under an
empty text are near a member by spelling alone, and nothing is suggested for them.
"""


def _normal(text: str) -> str:
    return " ".join(text.casefold().replace("_", " ").replace("\u00a0", " ").split()).rstrip(".")


def meant(listed: str, given: object, members: Iterable[str]) -> str | None:
    """Return the member of a closed list that a word was most likely meant to be; ``None`` where none helps.

    Args:
        listed: The name of the list's class, such as ``"Direction"``.
        given: What was given.
        members: The texts of the members.

    Example:
        >>> meant("Direction", "bigger is better", ("increase", "decrease", "maintain"))
        'increase'
        >>> meant("Frequency", "Quartely", ("yearly", "quarterly"))
        'quarterly'
    """
    if not isinstance(given, str) or len(given) > 80:
        return None
    normal, members = _normal(given), list(members)
    for member in members:
        if normal == _normal(member) or normal.replace("-", " ") == _normal(member):
            return member
    for member, words in SYNONYMS.get(listed, {}).items():
        if normal in words.split("|"):
            return member or None
    spelled = {word: member for member, words in SYNONYMS.get(listed, {}).items() for word in words.split("|")}
    near = nearest(normal, members) or nearest(normal, [each for each in spelled if len(each) > 4], likeness=0.85)
    return (spelled.get(near, near) or None) if near else None
