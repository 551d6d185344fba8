"""Is anyone there: active, idle, locked or asleep."""
