"""Dated looks: what changed between them, and carrying them to another home."""
