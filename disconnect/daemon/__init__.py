"""The background service: one loop on the desktop's events, and the slow jobs beside it."""
