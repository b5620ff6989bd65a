"""All rows of a database as lines of JSON, and back: the same on SQLite and PostgreSQL, by the tables as they are."""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sqlalchemy import JSON, Connection, LargeBinary, MetaData, Table, delete, func, insert, select, update

AT_ONCE = 500
THERE = ("clock", "beat", "audit_head", "site")
ALEMBICS_OWN = "alembic_version"


def tables_of(connection: Connection) -> list[Table]:
    """Every table, those that others point to first."""
    found = MetaData()
    found.reflect(connection)
    tables = [table for table in found.sorted_tables if table.name != ALEMBICS_OWN]
    for column in (column for table in tables for column in table.columns):
        if isinstance(column.type, JSON):
            column.type = JSON(none_as_null=True)
    return tables


def counts(connection: Connection, tables: list[Table]) -> dict[str, int]:
    return {table.name: connection.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


def lines_of(connection: Connection, tables: list[Table]) -> Iterator[bytes]:
    """A line that names a table and its columns, then a line a row."""
    for table in tables:
        yield as_line({"table": table.name, "columns": [column.name for column in table.columns]})
        kinds = [_as_json(column.type) for column in table.columns]
        rows = connection.execute(select(table), execution_options={"yield_per": AT_ONCE})
        for row in rows:
            yield as_line([turn(value) for turn, value in zip(kinds, row, strict=True)])


class Shelf:
    """One table, into which rows go many at once."""

    def __init__(self, connection: Connection, table: Table, names: list[str]) -> None:
        self.connection, self.table = connection, table
        self.columns = [(name, _from_json(table.columns[name].type)) for name in names]
        self.waiting: list[dict[str, Any]] = []
        self.put = 0

    def take(self, values: list[Any]) -> None:
        self.waiting.append({name: turn(value) for (name, turn), value in zip(self.columns, values, strict=True)})
        if len(self.waiting) == AT_ONCE:
            self.put_in()

    def put_in(self) -> None:
        if self.waiting:
            self.connection.execute(insert(self.table), self.waiting)
        self.put += len(self.waiting)
        self.waiting = []


class OneRow(Shelf):
    """A table whose row is there from the first migration on, and may be changed but not taken away."""

    def put_in(self) -> None:
        for row in self.waiting:
            there = self.connection.execute(select(self.table)).mappings().one()
            if dict(there) != row:
                self.connection.execute(update(self.table).values(row))
        self.put, self.waiting = len(self.waiting), []


def load(connection: Connection, lines: Iterable[Any]) -> dict[str, int]:
    """Put the rows in, in place of what a new database begins with. How many, by table."""
    tables = {table.name: table for table in tables_of(connection)}
    _empty(connection, list(tables.values()))
    shelves: list[Shelf] = []
    for line in lines:
        if isinstance(line, list):
            shelves[-1].take(line)
        else:
            if shelves:
                shelves[-1].put_in()
            shelves.append(
                (OneRow if line["table"] in THERE else Shelf)(connection, tables[line["table"]], line["columns"])
            )
    shelves[-1].put_in()
    return {shelf.table.name: shelf.put for shelf in shelves}


def _empty(connection: Connection, tables: list[Table]) -> None:
    full = counts(connection, tables)
    for table in reversed(tables):
        if full[table.name] and table.name not in THERE:
            connection.execute(delete(table))


def as_line(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _as_it_is(value: Any) -> Any:
    return value


def _as_json(kind: Any) -> Callable[[Any], Any]:
    return (lambda value: value and b64encode(value).decode()) if isinstance(kind, LargeBinary) else _as_it_is


def _from_json(kind: Any) -> Callable[[Any], Any]:
    return (lambda value: value and b64decode(value)) if isinstance(kind, LargeBinary) else _as_it_is
