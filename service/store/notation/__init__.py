"""Notation of the seeds: citations, values of fields, and fields that are plain or cited; independent of nouns."""
