"""Interchange: plans and figures in the forms of other standards, with all that is lost on the way."""

from outcome_bees.interchange.iati import IatiEnvelope, from_iati, to_iati
from outcome_bees.interchange.imported import Diagnostic, DiagnosticKind, Imported
from outcome_bees.interchange.loss import Loss, LossReport
from outcome_bees.interchange.stratml import from_stratml, to_stratml

__all__ = [
    "Diagnostic",
    "DiagnosticKind",
    "IatiEnvelope",
    "Imported",
    "Loss",
    "LossReport",
    "from_iati",
    "from_stratml",
    "to_iati",
    "to_stratml",
]


def __dir__() -> list[str]:
    return __all__
