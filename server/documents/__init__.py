"""Papers: what leaves the dialogue as a file. Each is made from plain values and gives bytes or text."""

DEMO = "DỮ LIỆU MINH HỌA"
"""Stands on every paper of a made-up dialogue."""
