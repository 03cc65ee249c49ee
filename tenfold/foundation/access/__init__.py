"""Who may come in, in which post, and what the post may do: accounts, roles, sign-in, the middleware."""
