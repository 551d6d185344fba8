"""The command line: one module per family of commands; parses, calls, prints."""
