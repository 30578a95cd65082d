-- The audit log is read in the order of its instants; entries of an actor, a route or a time are found without the others.
DROP INDEX push.audit_log_at;
CREATE INDEX audit_log_at ON push.audit_log (at, position);
CREATE INDEX audit_log_actor ON push.audit_log (actor, at, position);
CREATE INDEX audit_log_route ON push.audit_log (route, at, position);
