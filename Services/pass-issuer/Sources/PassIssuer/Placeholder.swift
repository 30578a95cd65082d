// Replaced by the first file of PassIssuer.
