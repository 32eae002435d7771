"""How the seeds are written: citations, the values of fields, and fields that are plain or cited; it knows no noun."""
