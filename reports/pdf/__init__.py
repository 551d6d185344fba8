"""The report on paper: frames and words in, PDF bytes out (Typst)."""
