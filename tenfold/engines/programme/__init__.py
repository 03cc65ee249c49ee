"""The year's programme: actions, threads and the work beside them, read from ``programmes/*.toml``.

Source: the city's own document (here 咸宁市教育“十大行动”, 2 March 2023). The programme is data; this
engine knows no room and asks the house which rooms and indicators were declared.
"""
