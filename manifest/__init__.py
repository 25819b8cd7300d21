"""The Teams app package: the words of the manifest, the icons, building and validation."""
