"""Projects in the window: always saved, named, opened, recovered, worked through in a queue."""
