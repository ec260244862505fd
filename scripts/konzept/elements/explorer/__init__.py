"""The explorer: what it knows, its page, addresses of its views."""
