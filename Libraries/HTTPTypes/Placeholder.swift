// Replaced by the first file of HTTPTypes.
