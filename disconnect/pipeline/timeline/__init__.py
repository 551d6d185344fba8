"""Rows of many sources into hours in which every instant counts once."""
