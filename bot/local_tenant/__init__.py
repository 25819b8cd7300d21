"""A stand-in Microsoft 365 on loopback: Entra, the Bot Connector and the Graph we use."""
