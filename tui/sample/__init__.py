"""The bundled sample: dated facts of the Hub, and a transport that answers from them.

``facts.jsonl.gz`` is written by ``build`` from public data sets; its first line names them, their
licences and their dates. Nothing in it is estimated, and what no source records is absent.
"""
