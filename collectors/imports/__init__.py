"""History from files of other tools, and a made-up life."""
