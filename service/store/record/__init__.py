"""The record in memory: what was recorded, what follows from it, and what decides. It uses no files and no database."""
