"""One checker per claim, written from the definition.

A checker shares no code with the algorithms: it takes a game and an answer, and returns what
was verified (the regret of every deviation, a dominating mixture) or what failed.
"""
