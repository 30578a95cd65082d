// Replaced by the first file of ServiceKit.
