"""How far measures have come: figure, matrix, criteria."""
