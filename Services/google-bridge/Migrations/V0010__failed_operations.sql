-- What Google refused for good goes by age: such an operation has the moment of its refusal in next_attempt_at.
CREATE INDEX operations_failed ON google.operations (next_attempt_at) WHERE state = 'failed';
