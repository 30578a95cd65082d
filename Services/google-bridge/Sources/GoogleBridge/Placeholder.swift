// Replaced by the first file of GoogleBridge.
