"""Questions about ancestry: walking up to roots, listing what is built on a repo."""
