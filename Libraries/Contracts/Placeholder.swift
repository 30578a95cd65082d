// Replaced by the first file of Contracts.
