"""Statistics without a word of the domain: intervals, resampling."""
