-- What dashboards show. A role that may read these views need not be able to read the tables.

-- How many batches are in which state, and for how long the one that changed least recently.
CREATE VIEW specwright.batches_by_state AS
SELECT
    scopes.operation,
    scopes.target,
    CASE WHEN batches.is_closed THEN 'closed' ELSE batches.phase END AS state,
    count(*) AS batches,
    sum(batches.size - batches.moved) AS items,
    min(batches.changed_at) AS oldest_change
FROM specwright.batches
JOIN specwright.scopes USING (scope)
GROUP BY 1, 2, 3;

-- How often a batch went from one sender to another, and how many wait for it now: their leases have run
-- out, and something is left to do.
CREATE VIEW specwright.lease_takeovers AS
SELECT
    scopes.operation,
    scopes.target,
    sum(batches.epoch - 1)::bigint AS takeovers,
    max(batches.changed_at) FILTER (WHERE batches.epoch > 1) AS latest_change,
    count(*) FILTER (WHERE NOT batches.is_over AND batches.lease_until <= now()) AS waiting,
    min(batches.lease_until) FILTER (WHERE NOT batches.is_over AND batches.lease_until <= now()) AS waiting_since
FROM specwright.batches
JOIN specwright.scopes USING (scope)
GROUP BY 1, 2;

-- Batches that the service may have received or not, and for how long that has not been known.
CREATE VIEW specwright.oldest_unclear AS
SELECT
    scopes.operation,
    scopes.target,
    count(*) AS batches,
    sum(batches.size - batches.moved) AS items,
    min(batches.changed_at) AS oldest,
    now() - min(batches.changed_at) AS age
FROM specwright.batches
JOIN specwright.scopes USING (scope)
WHERE batches.phase = 'unclear' AND NOT batches.is_over
GROUP BY 1, 2;
