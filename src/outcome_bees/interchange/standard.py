"""Which standard a document of XML is of, by its root."""

from outcome_bees.interchange import iati, stratml
from outcome_bees.interchange._content_model import local_name
from outcome_bees.interchange._xml import parse
from outcome_bees.serializers.file_access import Readable

__all__ = ["standard_of"]


def standard_of(source: Readable) -> str:
    """Return ``stratml`` or ``iati``.

    Args:
        source: A path, or a file open for reading, which is read to its end.

    Raises:
        DocumentError: It is no XML, or of neither.

    Example:
        >>> import io
        >>> standard_of(io.BytesIO(b"<iati-activities version='2.03'/>"))
        'iati'
    """
    root = parse(source, (*stratml.ROOTS, *iati.ROOTS))
    return "stratml" if local_name(root) in stratml.ROOTS else "iati"
