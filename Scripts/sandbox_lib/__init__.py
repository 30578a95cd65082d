"""The parts of Scripts/sandbox."""
