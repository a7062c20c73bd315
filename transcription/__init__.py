"""Sound to words: recordings on disk, recognition in a process of its own, captions.

This package knows nothing of dialogues, people or servers. Every position in it is
counted in samples of a 16 kHz mono recording: the clock is the sound itself, never the wall.
"""
