"""The version of this program, as it is installed; pyproject.toml sets it."""

from importlib.metadata import version

VERSION = version("gipfelbuch")
