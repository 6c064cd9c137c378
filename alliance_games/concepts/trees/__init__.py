"""What is asked of trees alone, apart so that a game in normal form never loads it."""
