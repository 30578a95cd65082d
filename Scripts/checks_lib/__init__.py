"""Parts of Scripts/checks."""
