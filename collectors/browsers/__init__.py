"""Browser histories, read while the browser runs."""
