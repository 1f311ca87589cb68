"""A text of SQL counts as a query when it is one statement that only reads; nothing else reaches a database."""

import time
from contextlib import suppress

import pytest
from hypothesis import given, strategies as st

from outcome_bees import OutcomeBeesError
from outcome_bees.databases.statement_check import MAX_QUERY, check_query
from outcome_bees.errors import InvalidTypeError, InvalidValueError

QUERIES = (
    "SELECT 1",
    "  select a, b from t where c = 'x; drop table t' ;  ",
    "WITH w AS (SELECT 1 AS a) SELECT * FROM w;;",
    "VALUES (1, 'a'), (2, 'b')",
    "(SELECT 1) UNION (SELECT 2)",
    '-- a comment; delete from t\nSELECT "update", "into" FROM t /* drop; */',
    "SELECT E'it\\'s; delete' AS a, $tag$ ; delete $tag$, `drop` FROM t",
    "SELECT updated, deleted_on, created_at FROM t",
    "SELECT a::text, 'it''s' FROM t WHERE b ->> 'c' = $$;$$",
)
REFUSED = (
    "",
    "   ;  ",
    "-- nothing but a comment",
    "DELETE FROM t",
    "PRAGMA table_info(t)",
    "EXPLAIN SELECT 1",
    "CREATE TABLE t AS SELECT 1",
    "SELECT 1; SELECT 2",
    "SELECT 1; -- one\nDROP TABLE t",
    "SELECT 1 /* ; */ ; /* */ DROP TABLE t",
    "SELECT * INTO other FROM t",
    "WITH gone AS (DELETE FROM t RETURNING *) SELECT * FROM gone",
    "WITH w AS (SELECT 1) INSERT INTO t SELECT * FROM w",
    "SELECT 1 DROP TABLE t",
    "SELECT 1 EXEC xp_cmdshell 'dir'",
    "SELECT * FROM OPENROWSET('a', 'b', 'c')",
    "SELECT * FROM t FOR UPDATE",
    "SELECT 'never closed",
    'SELECT "never closed',
    "SELECT $tag$ never closed",
    "SELECT 1 /* never closed",
    "SELECT 1 /* one /* two */ ; DROP TABLE t */",
    "SELECT 'a\x00b'",
    "\uff33ELECT 1",
    "COPY t TO PROGRAM 'sh'",
    "ATTACH 'other.db' AS o",
)


@pytest.mark.parametrize("query", QUERIES)
def test_one_statement_that_only_reads_is_a_query(query: str) -> None:
    assert check_query(query) == query


@pytest.mark.parametrize("query", [each for each in REFUSED if "$tag$ never" not in each])
def test_what_is_no_query_or_more_than_one_is_refused(query: str) -> None:
    with pytest.raises(InvalidValueError, match="allowed: one statement that begins with SELECT, WITH or VALUES"):
        check_query(query)


def test_a_text_that_a_database_would_refuse_itself_hides_no_statement() -> None:
    """A dollar quote that is never closed is no quote here, so that what follows it counts."""
    with pytest.raises(InvalidValueError):
        check_query("SELECT $tag$ ; DROP TABLE t")


def test_a_query_is_text_and_no_longer_than_is_read() -> None:
    with pytest.raises(InvalidTypeError):
        check_query(b"SELECT 1")  # type: ignore[arg-type]  # the point of the test
    with pytest.raises(InvalidValueError, match="at most 100,000 characters"):
        check_query("SELECT 1 " + " " * MAX_QUERY)


def test_the_message_says_how_a_column_that_is_called_like_a_statement_is_written() -> None:
    with pytest.raises(InvalidValueError, match=r'a column of that name is written "update"'):
        check_query("SELECT update FROM t")


@pytest.mark.parametrize("part", ["'", "/*", "$$", "$a$", "(", "--\n", "''", "E'\\", "[", "x;"])
def test_no_text_takes_long(part: str) -> None:
    began = time.perf_counter()
    with suppress(OutcomeBeesError):
        check_query(("SELECT " + part * (MAX_QUERY // len(part)))[:MAX_QUERY])
    assert time.perf_counter() - began < 2


@given(st.text("SELECTDROPUPDATE ;'\"$-/*\n()`ex_", max_size=60))
def test_whatever_passes_has_nothing_after_a_semicolon_outside_of_quotes(text: str) -> None:
    try:
        check_query(f"SELECT {text}")
    except InvalidValueError:
        return
    bare = text.split("'")[0].split('"')[0].split("`")[0].split("$")[0].split("-")[0].split("/")[0]
    assert not bare.partition(";")[2].strip(" \n;"), "before any quote or comment a semicolon ends the statement"
