"""What a page shows, one folder a subject: its figure, its table and its sentences beside each other."""
