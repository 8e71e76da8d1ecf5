"""The screen of one repo: a tab for each thing that can be said of it."""
