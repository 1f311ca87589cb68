"""Whether a text of SQL is one statement that only reads, found without a database."""

import re

from outcome_bees.errors import InvalidTypeError, InvalidValueError, shown

__all__ = ["MAX_QUERY", "check_query"]

MAX_QUERY = 100_000
"""The longest query, in characters. Our choice."""

_ALLOWED = "one statement that begins with SELECT, WITH or VALUES"
_BEGINNINGS = {"SELECT", "WITH", "VALUES"}

# In some dialects a statement may follow another without a semicolon, and WITH may hold one that changes data.
_CHANGING = frozenset(
    "INSERT UPDATE DELETE MERGE INTO CREATE ALTER DROP TRUNCATE GRANT REVOKE DENY EXEC EXECUTE CALL COPY ATTACH DETACH "
    "PRAGMA INSTALL EXPORT IMPORT VACUUM REINDEX BACKUP RESTORE KILL SHUTDOWN DBCC RECONFIGURE DECLARE WAITFOR BULK "
    "BEGIN COMMIT ROLLBACK SAVEPOINT LOCK LISTEN NOTIFY OPENROWSET OPENQUERY OPENDATASOURCE".split()
)

_TOKEN = re.compile(
    r"""(?P<comment>--[^\n]*|/\*.*?\*/)
    |(?P<quoted>[eE]'(?:[^'\\]|\\.|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`
        |\$(?P<tag>(?:[A-Za-z_][A-Za-z_0-9]*)?)\$.*?\$(?P=tag)\$)
    |(?P<word>[^\W\d][\w$]*)
    |(?P<open>['"`]|/\*)
    |(?P<end>;)
    |(?P<other>\s+|[\d.]+|.)""",
    re.VERBOSE | re.DOTALL,
)


def check_query(query: str) -> str:
    """Return a query as given, or refuse what is none.

    What counts is outside of quotes and comments. A column that is called like a statement is written in double quotes.

    Raises:
        InvalidValueError: It is no query, more than one statement, or one that changes something.

    Example:
        >>> check_query("SELECT measure, period, area, value FROM figures;")
        'SELECT measure, period, area, value FROM figures;'
    """
    if not isinstance(query, str):
        raise InvalidTypeError("query", query, _ALLOWED)
    if len(query) > MAX_QUERY or "\x00" in query:
        raise InvalidValueError("query", query, f"{_ALLOWED}, at most {MAX_QUERY:,} characters, no NUL")
    first: str | None = None
    ended = False
    for token in _TOKEN.finditer(query):
        kind, text = token.lastgroup, token.group()
        if kind == "comment":
            if "/*" in text[2:]:  # some dialects nest comments, and others end them at the first end
                raise InvalidValueError("query", query, f"{_ALLOWED}, without a comment in a comment")
            continue
        if kind == "open":
            raise InvalidValueError("query", query, f"{_ALLOWED}, its quotes and comments closed")
        if kind == "end":
            ended = True
            continue
        if text.isspace() or (first is None and text == "("):
            continue
        if ended:
            raise InvalidValueError("query", query, f"{_ALLOWED}; nothing after the semicolon")
        word = text.upper() if kind == "word" else ""
        if first is None:
            first = word
            if word not in _BEGINNINGS:
                raise InvalidValueError("query", query, _ALLOWED)
        elif word in _CHANGING:
            hint = f'a column of that name is written "{text}"'
            raise InvalidValueError("query", query, f"{_ALLOWED} and only reads: not {shown(text)[1:-1]}", hint)
    if first is None:
        raise InvalidValueError("query", query, _ALLOWED)
    return query
