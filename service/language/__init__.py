"""GraphQL as a language: `documents` parses, bounds, validates and caches a document, with `strings`, `limits` and
`validation`; `selection` tells which fields it selects of a type. Nothing here knows what a field means.
"""
