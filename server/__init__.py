"""The edge: everything that touches sockets, disks, clocks and dice. It drives `live` and `transcription`."""
