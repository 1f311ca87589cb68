"""A council's outcome bees, priorities, measures and targets as one typed model, each status worked out exactly.

The names below are the public contract. Importing the package imports nothing: each name is fetched
from its module when it is first asked for, so a tool pays only for what it uses. Type checkers and
editors see every name; ``outcome_bees.frames``, for whole tables, is fetched likewise.

Example:
    >>> from outcome_bees import Period, YearType
    >>> str(Period.year(2024, YearType.FINANCIAL))
    'FY2024-25'
"""

# As typing's own, without importing typing. Written so that an editor which reads code (jedi) cannot work it out,
# and offers the names below: of False it would offer none.
TYPE_CHECKING = not __name__

if TYPE_CHECKING:
    from outcome_bees import areas as areas, catalogue as catalogue, methods as methods
    from outcome_bees.changes import Change as Change, compare_scorecards as compare_scorecards
    from outcome_bees.errors import (
        AmbiguousObservationError as AmbiguousObservationError,
        AmbiguousPeriodError as AmbiguousPeriodError,
        DocumentError as DocumentError,
        InvalidTypeError as InvalidTypeError,
        InvalidValueError as InvalidValueError,
        MissingExtraError as MissingExtraError,
        OutcomeBeesError as OutcomeBeesError,
        OutcomeBeesWarning as OutcomeBeesWarning,
        PeriodError as PeriodError,
        PlanError as PlanError,
        Problem as Problem,
        UnitError as UnitError,
        UnitMismatchError as UnitMismatchError,
        UnknownNameError as UnknownNameError,
    )
    from outcome_bees.evaluation.evaluate import evaluate as evaluate
    from outcome_bees.evaluation.result import Evaluation as Evaluation
    from outcome_bees.evaluation.scorecard import Scorecard as Scorecard, evaluate_plan as evaluate_plan
    from outcome_bees.evaluation.tally import Tally as Tally
    from outcome_bees.layouts import (
        EesLayout as EesLayout,
        Indicator as Indicator,
        LaitLayout as LaitLayout,
        OwnLayout as OwnLayout,
    )
    from outcome_bees.lineage import compare_plans as compare_plans
    from outcome_bees.linting import Finding as Finding, lint as lint
    from outcome_bees.model.aims import (
        Beat as Beat,
        Comparator as Comparator,
        Complete as Complete,
        Flat as Flat,
        Hold as Hold,
        Improve as Improve,
        Linear as Linear,
        Margin as Margin,
        Profile as Profile,
        Rank as Rank,
        Reach as Reach,
        StayBetween as StayBetween,
    )
    from outcome_bees.model.bees import OUTCOME_BEES as OUTCOME_BEES, OutcomeBee as OutcomeBee
    from outcome_bees.model.index import Observations as Observations
    from outcome_bees.model.local_policy import POLICIES as POLICIES, STANDARD as STANDARD, Policy as Policy
    from outcome_bees.model.measure import Lineage as Lineage, Link as Link, Measure as Measure
    from outcome_bees.model.observation import Observation as Observation
    from outcome_bees.model.plan import Ambition as Ambition, Plan as Plan, Priority as Priority
    from outcome_bees.model.series import Series as Series
    from outcome_bees.model.target import Baseline as Baseline, Target as Target
    from outcome_bees.periods import Period as Period, YearType as YearType
    from outcome_bees.reports import charts as charts
    from outcome_bees.reports.commentary import Commentary as Commentary, load_commentary as load_commentary
    from outcome_bees.reports.publish import Disclosure as Disclosure
    from outcome_bees.serializers import (
        dump_observations as dump_observations,
        dump_plan as dump_plan,
        load_observations as load_observations,
        load_plan as load_plan,
    )
    from outcome_bees.sources import Draft as Draft, inspect as inspect, load_sources as load_sources
    from outcome_bees.statements import (
        Statement as Statement,
        draft_measure as draft_measure,
        read_statement as read_statement,
    )
    from outcome_bees.units import Unit as Unit
    from outcome_bees.vocabulary import (
        Absence as Absence,
        Certainty as Certainty,
        ComparatorMethod as ComparatorMethod,
        Direction as Direction,
        Frequency as Frequency,
        MeasureKind as MeasureKind,
        Rag as Rag,
        Reason as Reason,
        Revision as Revision,
        Role as Role,
        Severity as Severity,
        Status as Status,
        Timing as Timing,
        Travel as Travel,
        TravelBasis as TravelBasis,
        Verdict as Verdict,
    )

__all__ = [
    "OUTCOME_BEES",
    "POLICIES",
    "STANDARD",
    "Absence",
    "AmbiguousObservationError",
    "AmbiguousPeriodError",
    "Ambition",
    "Baseline",
    "Beat",
    "Certainty",
    "Change",
    "Commentary",
    "Comparator",
    "ComparatorMethod",
    "Complete",
    "Direction",
    "Disclosure",
    "DocumentError",
    "Draft",
    "EesLayout",
    "Evaluation",
    "Finding",
    "Flat",
    "Frequency",
    "Hold",
    "Improve",
    "Indicator",
    "InvalidTypeError",
    "InvalidValueError",
    "LaitLayout",
    "Lineage",
    "Linear",
    "Link",
    "Margin",
    "Measure",
    "MeasureKind",
    "MissingExtraError",
    "Observation",
    "Observations",
    "OutcomeBee",
    "OutcomeBeesError",
    "OutcomeBeesWarning",
    "OwnLayout",
    "Period",
    "PeriodError",
    "Plan",
    "PlanError",
    "Policy",
    "Priority",
    "Problem",
    "Profile",
    "Rag",
    "Rank",
    "Reach",
    "Reason",
    "Revision",
    "Role",
    "Scorecard",
    "Series",
    "Severity",
    "Statement",
    "Status",
    "StayBetween",
    "Tally",
    "Target",
    "Timing",
    "Travel",
    "TravelBasis",
    "Unit",
    "UnitError",
    "UnitMismatchError",
    "UnknownNameError",
    "Verdict",
    "YearType",
    "areas",
    "catalogue",
    "charts",
    "compare_plans",
    "compare_scorecards",
    "draft_measure",
    "dump_observations",
    "dump_plan",
    "evaluate",
    "evaluate_plan",
    "inspect",
    "lint",
    "load_commentary",
    "load_observations",
    "load_plan",
    "load_sources",
    "methods",
    "read_statement",
]
__version__ = "0.1.0"

if not TYPE_CHECKING:  # hidden from type checkers, so that they still report a name there is not
    # One row a module; tests/architecture/test_front_door.py holds it to the imports above.
    _NAMES_BY_MODULE = {
        "errors": "AmbiguousObservationError AmbiguousPeriodError DocumentError InvalidTypeError InvalidValueError "
        "MissingExtraError OutcomeBeesError OutcomeBeesWarning PeriodError PlanError Problem UnitError "
        "UnitMismatchError UnknownNameError",
        "layouts": "EesLayout Indicator LaitLayout OwnLayout",
        "changes": "Change compare_scorecards",
        "lineage": "compare_plans",
        "evaluation.evaluate": "evaluate",
        "linting": "Finding lint",
        "evaluation.result": "Evaluation",
        "evaluation.scorecard": "Scorecard evaluate_plan",
        "evaluation.tally": "Tally",
        "model.aims": "Beat Comparator Complete Flat Hold Improve Linear Margin Profile Rank Reach StayBetween",
        "model.bees": "OUTCOME_BEES OutcomeBee",
        "model.local_policy": "POLICIES STANDARD Policy",
        "model.measure": "Lineage Link Measure",
        "model.index": "Observations",
        "model.observation": "Observation",
        "model.series": "Series",
        "model.plan": "Ambition Plan Priority",
        "model.target": "Baseline Target",
        "periods": "Period YearType",
        "reports.commentary": "Commentary load_commentary",
        "reports.publish": "Disclosure",
        "serializers": "dump_observations dump_plan load_observations load_plan",
        "sources": "Draft inspect load_sources",
        "statements": "Statement draft_measure read_statement",
        "units": "Unit",
        "vocabulary": "Absence Certainty ComparatorMethod Direction Frequency MeasureKind Rag Reason Revision Role "
        "Severity Status Timing Travel TravelBasis Verdict",
    }
    _ROOMS = {
        "areas": "areas",
        "catalogue": "catalogue",
        "charts": "reports.charts",
        "databases": "databases",
        "frames": "frames",
        "interchange": "interchange",
        "methods": "methods",
    }
    _MODULE_OF = {name: module for module, names in _NAMES_BY_MODULE.items() for name in names.split()}

    def __getattr__(name):
        """Return the public name, fetched from its module and kept."""
        from importlib import import_module

        if name in _ROOMS:
            globals()[name] = room = import_module(f"{__name__}.{_ROOMS[name]}")
            return room
        if name not in _MODULE_OF:
            import sys

            itself = sys.modules[__name__]  # so that Python suggests a name that is there
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name, obj=itself)
        globals()[name] = value = getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
        return value

    def __dir__():
        return [*__all__, "databases", "frames", "interchange", "__version__"]
