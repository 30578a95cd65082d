/// Google does not have the class of an object, though it was written once.
struct ClassMissing: Error {}
