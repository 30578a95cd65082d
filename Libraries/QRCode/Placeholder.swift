// Replaced by the first file of QRCode.
