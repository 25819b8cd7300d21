"""The edge: Teams in, Teams and Graph out, the clock and the settings."""
