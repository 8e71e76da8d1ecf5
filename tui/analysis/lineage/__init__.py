"""Who descends from whom: declared bases, the graph they make, and its roots."""
