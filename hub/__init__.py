"""The SEND Hub itself: rules and values. No I/O, no clock, no framework."""
