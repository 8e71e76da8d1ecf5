"""What this machine is: its memory, and its graphics memory where a driver's tool tells it."""
