"""What each library that reads tables raises of its own, so that its faults are met and no other's."""

from importlib import import_module

__all__ = ["engine_faults"]

_FAULTS = {
    "polars": ("polars.exceptions:PolarsError", "polars.exceptions:PanicException"),
    "pyarrow": ("pyarrow:ArrowException", "builtins:OSError", "builtins:UnicodeDecodeError"),
    "duckdb": ("duckdb:Error",),
}
# Polars stops with a panic on some damaged files; PyArrow has OSError for what Thrift cannot decode, and passes on
# Python's own error for a name of a column that is no text.


def engine_faults(engine: str) -> tuple[type[BaseException], ...]:
    """Return the errors that a library documents as its own; it is imported.

    Example:
        >>> [fault.__name__ for fault in engine_faults("polars")]
        ['PolarsError', 'PanicException']
    """
    names = (each.partition(":") for each in _FAULTS[engine])
    return tuple(getattr(import_module(module), name) for module, _, name in names)
