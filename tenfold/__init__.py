"""Tenfold (纲举): the system on which a city runs its year of education."""
