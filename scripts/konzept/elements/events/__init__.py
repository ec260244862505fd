"""What happened and what comes next."""
