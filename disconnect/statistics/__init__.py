"""Statistics without a word of the domain: intervals, rates, breaks, series, resampling."""
