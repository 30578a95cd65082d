// Replaced by the first file of Archive.
