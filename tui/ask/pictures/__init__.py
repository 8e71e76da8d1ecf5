"""Pictures of cards: fetched, and drawn for a terminal in a process of their own."""
