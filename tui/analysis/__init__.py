"""What follows from rows: families, origins, lineage, selections and figures. Pure: no clock,
no wire, no store; the only files read are the tables in ``data/``.
"""
