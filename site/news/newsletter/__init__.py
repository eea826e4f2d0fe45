"""The newsletter by topic: asked for, confirmed, written by editors, sent once to each, kept in an archive."""
