"""The concept, immutable: it knows nothing of charts, notebooks or pages.

    model.py      what the data tell: Concept, ActionField, Measure, Indicator …
    known.py      rows of the tables → those known on a day
    assembly.py   these rows → concept
    states.py     the data as they stood: on a day, in an older folder, in a printed PDF
    editions.py   what was issued of the concept, and which edition a state of the data is
    comparing.py  two states → what happened, was changed, corrected, became known, reworded, left out
    citing.py     how its sources are named
    standing.py   how far measures have come, in words that claim no more than their sources
    values.py     observed values: when, which is the newest, how one is said
    schedule.py   whether a measure is on time
    steering.py   what those who steer ask of it

A question about the concept belongs here, its answer in figures, tables or words to the rooms on the right.
"""
