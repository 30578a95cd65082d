-- Passes are found by the id of their contact, page by page.
CREATE INDEX passes_contact ON issuer.passes ((contact ->> 'id'), serial_number) WHERE contact ->> 'id' IS NOT NULL;
