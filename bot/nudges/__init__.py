"""The bell, the planner and the delivery worker: how anything leaves the bot later."""
