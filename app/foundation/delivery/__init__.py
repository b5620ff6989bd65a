"""Ways to reach people outside the house, one file a channel."""
