"""The published editions as they lie in the package: documents, read when asked for."""

from importlib.resources import files

from outcome_bees.errors import UnknownNameError
from outcome_bees.serializers import yaml
from outcome_bees.serializers.documents import Document

__all__ = ["SCHEME", "edition", "edition_names"]

SCHEME = "catalogue:"
"""What stands before an edition's name where a document extends it."""

_FOLDER = files("outcome_bees") / "catalogue"
_SUFFIX = ".yaml"


def edition_names() -> tuple[str, ...]:
    """The names of the editions that there are, in the order of the alphabet."""
    found = (each.name for each in _FOLDER.iterdir())
    return tuple(sorted(name.removesuffix(_SUFFIX) for name in found if name.endswith(_SUFFIX)))


def edition(name: str) -> Document:
    """The document of an edition.

    Raises:
        UnknownNameError: There is none of that name; the message has the nearest.
    """
    names = edition_names()
    if name not in names:
        raise UnknownNameError("catalogue", name, names)
    text = (_FOLDER / f"{name}{_SUFFIX}").read_text(encoding="utf-8")
    return Document(yaml.load(text), f"{SCHEME}{name}", "yaml", text)
