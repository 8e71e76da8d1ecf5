"""Questions: one file each. What is stored comes first, then what the Hub says now.

Only this room calls the wire and the store. ``peek`` answers from the store alone and at once;
``stream`` yields views, the stored one first, then fresher ones, and raises a ``Problem`` only
where there is nothing at all to show.
"""
