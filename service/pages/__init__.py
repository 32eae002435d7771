"""Addresses: each is a stored GraphQL operation and the formats of its answer. There is no other access to the data."""
