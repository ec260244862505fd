"""Action fields: each one's lead and facts, and all at a glance."""
