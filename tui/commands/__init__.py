"""The shell: a command reads its arguments, asks one question and hands the answer to a writer."""
