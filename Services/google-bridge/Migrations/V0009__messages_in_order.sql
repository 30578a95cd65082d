-- Messages of one class or object are sent one after the other; this finds those that are before one.
CREATE INDEX operations_messages ON google.operations (level, resource_id, id)
    WHERE message IS NOT NULL AND state = 'pending';
