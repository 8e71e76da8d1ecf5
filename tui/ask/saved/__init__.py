"""What the reader keeps: bookmarks, named searches, repos opened of late."""
