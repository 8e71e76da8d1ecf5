"""What one repo's page says: licence, openness, evaluations, and repos side by side."""
