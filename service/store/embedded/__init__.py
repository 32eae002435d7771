"""The embedded PostgreSQL: its account, its process and its data folder; independent of the contents of the tables."""
