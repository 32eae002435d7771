"""From the record to the rows of the tables, and into the database, all or nothing."""
