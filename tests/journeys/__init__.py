"""One file a story across packages, through the browser or the API only."""
