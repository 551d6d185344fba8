"""What a made-up life is made of: a story, people, meetings and windows."""
