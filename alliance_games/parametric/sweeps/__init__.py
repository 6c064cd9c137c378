"""The equilibria of a game at many values of its parameters, most of them solved over arrays."""
