"""The papers of the programme: weekly sheet, monthly and quarterly bulletin, half-year and annual report, a letter to a
county, a unit's own report. Each is plain data (``building``), poured into a template (``drawn``).
"""
