-- Everything of google-bridge lives in the schema google, which its login owns. Its tables come with the code that uses them.
COMMENT ON SCHEMA google IS 'google-bridge: issuers, classes, objects, the queue of operations, and callbacks';
