"""Search in plain Python over rows of arrays: one algorithm a file, none of them knows what a body is.

A graph is two mappings from a node's number to its row, the (neighbour, weight) pairs that lead out of it, and those
that lead into it; see ``rows``. Weights are integers or floats, never negative.
"""
