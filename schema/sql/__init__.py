"""The SQL behind the fields: what types are in the database, and how lists of them are filtered, sorted and counted."""
