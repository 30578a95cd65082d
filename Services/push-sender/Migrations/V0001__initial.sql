-- Everything of push-sender lives in the schema push, which its login owns. Its tables come with the code that uses them.
COMMENT ON SCHEMA push IS 'push-sender: push credentials, the queue of pushes, and their results';
