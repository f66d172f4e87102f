"""What the Makefile calls: each module is one command, `python -m tools.name`."""
