"""What is in front: one file a desktop."""
