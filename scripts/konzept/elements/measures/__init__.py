"""Measures: a profile of each, and their catalogue."""
