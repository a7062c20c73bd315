"""Questions that ask the same thing, found while somebody types or a moderator reads."""
