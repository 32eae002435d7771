"""GraphQL as a language.

`documents` parses, measures against the limits, validates and caches a document, with `strings`, `limits` and
`validation`; `selection` lists the fields that a document selects on a type. Nothing in this package knows what a field
means.
"""
