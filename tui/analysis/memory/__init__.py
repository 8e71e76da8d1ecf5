"""What a model takes in memory: weights by quantization, cache by context."""
