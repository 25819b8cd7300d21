"""What we ask of Microsoft Graph, one file a subject."""
