// Replaced by the first file of DeviceRegistry.
