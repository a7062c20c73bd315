"""Papers: what leaves the dialogue as a file. Each is made from plain values and gives bytes or text."""
