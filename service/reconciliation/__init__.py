"""The reconciliation service: matches names in a table with entries, by the W3C community's API, version 0.2."""
