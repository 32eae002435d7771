"""Formats of data files: each yields the key of every row with its fields, independently of the record."""
