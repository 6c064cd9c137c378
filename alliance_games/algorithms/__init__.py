"""How an answer is found.

Vertex enumeration, Lemke-Howson, backward induction and their like. An algorithm proposes; it
never certifies its own answer, which is the business of ``alliance_games.certificates``.
"""
