"""Costs of the whole concept by year, kind and stage.

A field's own: `elements.fields.overview`.  How one amount is said: `Cost.text` in `concept.model`.
"""
