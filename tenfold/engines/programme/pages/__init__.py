"""What the pages of the programme show, as their templates take it."""
