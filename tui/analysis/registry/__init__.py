"""Who is who: families, organisations and ids that moved, with the user's own rows."""
