"""The bodies of the process and how they belong together."""
