"""The SQL behind the fields: what types are in the database, and how lists of them are narrowed, sorted and counted."""
