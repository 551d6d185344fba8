"""What is said of each question, in whole sentences that never claim more than the numbers."""
