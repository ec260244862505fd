"""Participation: contributions, offers, surveys."""
