"""Plans, observations and results as documents and tables; a bad one is refused with all its problems."""

from outcome_bees.serializers.documents import dump_plan, load_plan
from outcome_bees.serializers.layouts import OwnLayout
from outcome_bees.serializers.observations import Collected, dump_observations, load_observations

__all__ = ["Collected", "OwnLayout", "dump_observations", "dump_plan", "load_observations", "load_plan"]
