"""The tests of hubscope; ``tests.loopback`` is the loopback Hub that the other rooms use."""
