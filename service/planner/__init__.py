"""Turn the text of an operation into one SQL statement whose row is the whole response.

How an operation is processed: `planner` looks up its plan or has one made. To make one, `service.language` parses the
document and `composer` walks its selection once. Each field returns its SQL and its price (`fields`). List fields
return `rows`, which become `pages` with `cursors`. `arguments`, `filters`, `parameters` and `slugs` bind the values
passed to fields; `cost` adds up the cost of the operation. `service.sql` is the layer in which all of this is written.
Nothing in this package knows the register's types or opens a connection.
"""
