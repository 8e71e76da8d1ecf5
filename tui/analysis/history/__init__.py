"""Figures and ranks at several dates: published points, own points, movement."""
