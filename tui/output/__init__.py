"""What leaves the program: one answer as JSON, CSV, TSV, Markdown, SVG, ids or lines of text."""
