"""Addresses: each is a stored GraphQL operation and the forms that its answer is given in. No other way to the data."""
