"""A made-up crowd for a running server: real sockets, real forms, real commands, and a count of what was lost.

It knows the server by its wire alone, as a browser does; only an account and a dialogue of its own come from the
operator's door (decision 0150).
"""
