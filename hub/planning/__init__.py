"""A whole year of sessions proposed from the cadences: on which days, at which schools, and why."""
