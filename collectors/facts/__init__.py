"""The language that collectors speak: values that cannot be wrong."""
