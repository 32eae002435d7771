"""From the record to rows of the tables and into the database, all or nothing."""
