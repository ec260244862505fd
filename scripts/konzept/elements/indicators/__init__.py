"""Indicators: over time, against targets, beside other towns, and what is said of them."""
