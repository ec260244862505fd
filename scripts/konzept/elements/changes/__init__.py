"""What changed between two states: page, report, editions."""
