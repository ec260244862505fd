"""German notation and grammar, and the words offices use."""
