"""What authors work with: workbook, chapters, checks, the lab, and what is said to them."""
