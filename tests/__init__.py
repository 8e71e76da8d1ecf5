"""The tests of hubscope; ``tests.hub`` is the loopback Hub that the other rooms use."""
