"""GraphQL as a language.

`documents` parses, measures against the limits, validates and caches a document, with `strings`, `limits` and
`validation`; `variables` reports errors in the values of variables; `hints` says what a client may have meant;
`selection` lists the fields that a document selects on a type. Nothing in this package knows what a field means.
"""
