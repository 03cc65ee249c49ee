"""我的待办: everybody's to-do list, filled by the duties that packages declare. Home is this list."""
