"""From the text of an operation to one SQL statement whose row is the whole answer.

The way of an operation: `planner` keeps what was prepared before; `service.language` reads a new document; `composer`
walks its selection once, asks each field for its SQL and its price (`fields`, `arguments`, `filters`), which speaks of
`rows`, turns them into `pages` (`cursors`) and adds up what it costs (`cost`). `service.sql` is what all this is
written in. Nothing here knows the register's types or opens a connection.
"""
