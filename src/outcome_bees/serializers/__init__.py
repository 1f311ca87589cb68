"""Plans, observations and results as documents: JSON, YAML, TOML, CSV, Excel, Parquet; all problems at once."""

from outcome_bees.serializers.documents import dump_plan, load_plan
from outcome_bees.serializers.observations import Collected, dump_observations, load_observations

__all__ = ["Collected", "dump_observations", "dump_plan", "load_observations", "load_plan"]
