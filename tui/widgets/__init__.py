"""Spans to strips: line-drawn widgets that never ask, never fetch and never store."""
