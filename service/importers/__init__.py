"""Importers: each turns a published data set into a set of the seeds; what they share stands beside them."""
