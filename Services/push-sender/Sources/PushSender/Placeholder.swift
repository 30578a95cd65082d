// Replaced by the first file of PushSender.
