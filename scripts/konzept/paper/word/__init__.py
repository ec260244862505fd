"""`konzept word export`: pages as a Word document."""
