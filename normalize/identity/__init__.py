"""Who reports, where, and on which year."""
