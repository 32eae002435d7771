"""The version of this program as installed; it is set in pyproject.toml."""

from importlib.metadata import version

VERSION = version("gipfelbuch")
