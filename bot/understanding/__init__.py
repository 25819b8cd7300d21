"""Free text to intent, topic and tier, with the guards that come before both."""
