-- The journal of bulk runs that many senders share.
--
-- Batches and items refer to each other without foreign keys: both are written by the same statement, and a
-- check of each of a thousand items would cost more than all the rest of it.

-- One row: the secret of the hashes of all items.
CREATE TABLE specwright.journal (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    hash_key text NOT NULL
);

-- Where the same key is the same item.
CREATE TABLE specwright.scopes (
    scope integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    operation text NOT NULL,
    target text NOT NULL,
    UNIQUE (operation, target)
);

CREATE TABLE specwright.runs (
    run bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    scope integer NOT NULL REFERENCES specwright.scopes,
    input text NOT NULL,
    began_at timestamptz NOT NULL DEFAULT now(),
    -- Null while it runs, and for ever if its process was killed.
    ended_at timestamptz
);

-- A sender draws a thousand numbers at a time.
CREATE SEQUENCE specwright.batch_numbers AS bigint INCREMENT BY 1000;

CREATE TABLE specwright.batches (
    batch bigint PRIMARY KEY,
    scope integer NOT NULL REFERENCES specwright.scopes,
    -- Who planned it, and who has it now.
    run bigint NOT NULL REFERENCES specwright.runs,
    holder bigint NOT NULL REFERENCES specwright.runs,
    -- Every write names both; one that names others is refused.
    epoch bigint NOT NULL DEFAULT 1,
    version bigint NOT NULL,
    lease_until timestamptz NOT NULL,
    planned_at timestamptz NOT NULL DEFAULT now(),
    changed_at timestamptz NOT NULL DEFAULT now(),
    phase text NOT NULL CHECK (phase IN (
        'planned', 'sending', 'not_received', 'unclear', 'refused', 'accepted', 'finished'
    )),
    -- Whether nothing is left to do: it is finished or closed, or all its items were refused or went elsewhere.
    is_over boolean NOT NULL DEFAULT false,
    is_closed boolean NOT NULL DEFAULT false,
    -- How many items it was planned with, and how many of them went to other batches.
    size integer NOT NULL,
    moved integer NOT NULL DEFAULT 0,
    body_length bigint NOT NULL,
    body_crc32 bigint NOT NULL,
    replaces bigint,
    attempts integer NOT NULL,
    -- How many attempts before the last one may have been received.
    unclear_attempts integer NOT NULL,
    attempt_at timestamptz,
    correlation_id text,
    -- Of the acceptance.
    request_id text,
    answered_correlation_id text,
    -- Of the last refusal.
    http_status integer,
    codes text[],
    refused_by_name boolean NOT NULL DEFAULT false,
    -- How the service ended its work.
    service_status text,
    outcome text CHECK (outcome IN ('clean', 'with_errors'))
);

-- What is to be taken over; it stays small, because batches that are over leave it.
CREATE INDEX batches_not_over ON specwright.batches (scope, lease_until) WHERE NOT is_over;
CREATE INDEX batches_by_run ON specwright.batches (run, batch);
CREATE INDEX batches_by_time ON specwright.batches (planned_at, batch);

-- The items of batches, without their data. The key decides who sends an item.
CREATE TABLE specwright.items (
    scope integer NOT NULL,
    -- A keyed hash of operation, target and key: 96 bits.
    hash bytea NOT NULL,
    -- The service's key, or a hash of the item's text.
    key text NOT NULL,
    is_hashed boolean NOT NULL,
    batch bigint NOT NULL,
    ordinal integer NOT NULL,
    -- Why the service refused it by name.
    codes text[],
    PRIMARY KEY (scope, hash)
);

CREATE INDEX items_by_batch ON specwright.items (batch);

-- Items that the validator refused, until they are sent corrected.
CREATE TABLE specwright.set_aside (
    scope integer NOT NULL,
    hash bytea NOT NULL,
    key text NOT NULL,
    is_hashed boolean NOT NULL,
    codes text[] NOT NULL,
    run bigint NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (scope, hash)
);

CREATE INDEX set_aside_by_run ON specwright.set_aside (run);
CREATE INDEX set_aside_by_time ON specwright.set_aside (at);
