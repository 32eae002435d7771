"""The register for language models: four tools over the Model Context Protocol, each a stored operation."""
