"""One file a chart; each builds a matplotlib Figure of its own."""
