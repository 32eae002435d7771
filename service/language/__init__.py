"""GraphQL as a language: a document is read, bounded, validated and kept (`documents`, with `strings`, `limits` and
`validation`), and what it selects of a type is told (`selection`). Nothing here knows what a field means.
"""
