-- OAuth 2.0 tokens that several hosts share, by the name that the hosts know them by.
--
-- The table checks nothing but its key: the server shows rows that break a check, and these are secret.
CREATE TABLE specwright.tokens (
    name text PRIMARY KEY,
    token text NOT NULL,
    saved_at timestamptz NOT NULL
);

COMMENT ON COLUMN specwright.tokens.token IS 'JSON with secrets: whoever reads it can act as the application';

-- The row that is locked while a host refreshes a token. It is not the row with the token, so that a host
-- can save it in a transaction of its own, and others can read it meanwhile.
CREATE TABLE specwright.token_locks (
    name text PRIMARY KEY
);
