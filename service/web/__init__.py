"""HTTP: the endpoint, the paths alongside it, and responses to client errors and failures; knows no SQL."""
