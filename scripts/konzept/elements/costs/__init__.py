"""Costs by year, kind and stage."""
