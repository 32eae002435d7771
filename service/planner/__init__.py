"""From a validated read operation to one SQL statement whose single value is the whole answer.

The way of an operation: `plans` keeps what was composed before; `objects` walks the selection (`selection`,
`arguments`) and asks each field for its SQL (`fields`), which speaks of `rows`; `connections` turns rows into
pages (`cursors`). Nothing here knows the register's types or opens a connection.
"""
