"""Questions about one repo: card, files, memory, repos side by side."""
