"""Text of files beside contributions: read by a process of its own with little time and memory, searched with the contribution."""
