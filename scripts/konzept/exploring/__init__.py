"""Exploring measures and indicators: what the explorer knows, what a choice selects, and the live widget."""
