-- With the position in it this index was taken for single tokens too, and gone through from end to end.
CREATE INDEX forgotten_tokens_due ON registry.forgotten_tokens (next_attempt_at);
DROP INDEX registry.forgotten_tokens_next_attempt_at;
