"""The parts of Scripts/compose-test."""
