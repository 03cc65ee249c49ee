"""Conduct (作风): four steps of three years, down to every school; the problems people care about most.

Source: the city's campaign “大学习、大反思、大整顿、大提升”, 2023-2025; 12345 petitions after 国办发〔2020〕53号.
"""
