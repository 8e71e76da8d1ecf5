"""What is derived from all rows of the Hub at once: by number, in arrays, so that it has room."""
