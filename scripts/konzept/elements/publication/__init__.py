"""What a publisher owes: imprint, contact, the data as files."""
