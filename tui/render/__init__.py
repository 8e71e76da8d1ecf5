"""Values to spans: what a screen or a terminal table shows, as (text, role) pairs."""
