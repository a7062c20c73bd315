"""An invented province to try everything on: three dialogues told through real commands, and one account per role."""
