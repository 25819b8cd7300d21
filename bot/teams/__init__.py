"""Everything that speaks Bot Framework: authentication, turns, card actions, replies."""
