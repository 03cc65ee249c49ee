"""How indicators are counted: the fact store, expressions over it, values, and reading them back."""
