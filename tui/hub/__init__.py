"""The wire: what is asked of the Hub, what may be asked, and how its answers are read."""
