"""From the text of an operation to one SQL statement whose row is the whole answer.

The way of an operation: `planner` looks its plan up, or has one made: `service.language` parses the document, and
`composer` walks its selection once. Each field gives its SQL and its price (`fields`); what it gives are `rows`, of
which lists become `pages`, with `cursors`. `arguments`, `filters`, `parameters` and `slugs` bind what is given to
fields; `cost` adds up what the operation costs. `service.sql` is what all this is written in. Nothing here knows the
register's types or opens a connection.
"""
