"""Where results go out: charts, the PDF and the terminal draw the frames they are given."""
