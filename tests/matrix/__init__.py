"""The fault matrix: what goes wrong, at which moment, and whether the reader notices no more than
one line.

``python -m tests.matrix [WORD ...]`` prints it, of the faults whose name holds one of the words;
the exit code is 1 where a cell failed. ``wire`` has what the Hub and the way to it can do, played
in the app within this process; ``machine`` what the computer and its terminal can do, played in
the program on a pseudo terminal; ``shell`` both in one-shot commands.
"""
