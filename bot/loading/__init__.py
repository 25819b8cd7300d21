"""Files and the demo trust into the store: all of it, or nothing."""
