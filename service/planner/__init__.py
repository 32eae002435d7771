"""Turn the text of an operation into one SQL statement whose row is the whole response.

How an operation is processed: `planner` looks up its plan or has one made. To make one, `service.language` parses the
document and `composer` walks its selection once. Each field returns its SQL and its price (`fields`); fields that query
the schema itself are left to graphql-core (`introspection`). List fields return rows of `relations`, which become
`pages` with `cursors`. A page is read along an index (`in_order`) or by the conditions that few rows meet (`leads`);
counts are taken from those that a load has made (`tallies`). `arguments`, `filters`, `parameters`, `slugs` and `ids`
bind the values passed to fields; `ranges` reports ranges that contain nothing; `cost` adds up the cost of the
operation. `service.sql` is the layer in which all of this is written.
Nothing in this package knows the register's types or opens a connection.
"""
