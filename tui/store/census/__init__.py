"""The census: every public model of the Hub as it stood on a date, one SQLite file for a date.

``place`` says where the files lie, ``stage`` holds rows as they arrive, ``making`` writes the
file that is read, ``reader`` reads it.
"""
