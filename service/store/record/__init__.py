"""The record in memory: what was recorded, what follows from it, and what decides; it knows no file and no database."""
