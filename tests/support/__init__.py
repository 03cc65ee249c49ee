"""What all tests share: a small county with a fixed cast, clients, query counts, a browser, a throw-away cluster."""
