"""The census asked for: fetched, read from a file, made, and answered from."""
