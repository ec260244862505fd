"""What those who steer ask: what waits, what is due, what is missing."""
