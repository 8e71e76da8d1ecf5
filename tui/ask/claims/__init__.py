"""Questions about claims: what they are judged from, and the verdicts."""
