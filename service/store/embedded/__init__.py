"""The embedded PostgreSQL: its account, its process, its data folder. It knows nothing of what the tables hold."""
