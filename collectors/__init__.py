"""Where data comes in: each source turns what it sees into facts, and knows no database."""
