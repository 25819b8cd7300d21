"""``python app.py doctor``: look at everything the bot needs, and say in words what to fix."""
