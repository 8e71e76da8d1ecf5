"""The JSON shapes, for the commands."""

from tui.render.shapes import ROW_KEYS, SCHEMA, envelope, measure, row

__all__ = ["ROW_KEYS", "SCHEMA", "envelope", "measure", "row"]
