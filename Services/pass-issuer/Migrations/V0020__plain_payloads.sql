-- A message about thousands of passes is a text that says little twice: compressing it costs more than the disk that it
-- saves for the seconds in which it is there.

ALTER TABLE issuer.messages ALTER COLUMN payload SET STORAGE EXTERNAL;
