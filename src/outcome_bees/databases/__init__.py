"""Databases: a query as a source of figures, and a table that answers are added to."""

from outcome_bees.databases.queries import load_query, query_frame, read_query

__all__ = ["load_query", "query_frame", "read_query"]


def __dir__() -> list[str]:
    return __all__
