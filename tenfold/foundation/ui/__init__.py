"""The look as a package: base pages, components, figures, charts, tokens, and a gallery of them all.

Every other page is composed from it. It knows the declared words and nothing else of the house;
what it shows of people, places and to-dos comes through the settings' ``PAGE_PARTS``.
"""
