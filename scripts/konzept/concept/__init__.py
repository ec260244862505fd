"""The concept, immutable: it knows nothing of charts, notebooks or pages.

    model.py        what the data tell: Concept, ActionField, Measure, Indicator …
    known.py        rows of the tables → those known on a day
    assembly.py     these rows → concept
    states.py       the data as they stood: on a day, in an older folder, in a printed PDF
    editions.py     what was issued of the concept, and which edition a state of the data is
    comparing.py    two states → what happened, was changed, corrected, became known, reworded, left out
    grouping.py     things gathered by what they have in common
    citing.py       how its sources are named
    standing.py     how far measures have come, in words that claim no more than their sources
    values.py       observed values: when, which is the newest, how one is said
    series.py       values that may be one line, and what has no place on an axis
    claims.py       what a series of numbers shows, as typed claims
    findings.py     what an indicator's values show, in a sentence
    choosing.py     which indicators tell most
    costs.py        what may be added to one sum
    schedule.py     whether a measure is on time
    steering.py     what those who steer ask of it

A question about the concept belongs here, its answer in figures and tables to the rooms on the right.
"""
