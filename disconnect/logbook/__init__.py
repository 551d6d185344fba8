"""A person's own words, turned into encounters, people and opportunities."""
