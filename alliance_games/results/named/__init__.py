"""The records of the answers of other games, a family to a file; see :mod:`..records`."""
