"""The one-line query: read from text, and tested against rows."""
