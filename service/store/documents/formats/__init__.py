"""The formats of data files: each gives the key of every row with its fields, and knows nothing of the record."""
