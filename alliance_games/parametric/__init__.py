"""Games with symbols: what their equilibria do as the parameters change."""
