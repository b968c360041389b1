-- What people ask most. Days are counted from the day on which a view is read. A later version may only add columns at the
-- end of a view, because others may build on it.
CREATE OR REPLACE VIEW tickler.next_decisions AS
SELECT d.act_by - current_date AS days_left, d.act_by, d.date AS must_arrive_by, c.title, c.counterparty, d.kind, d.label,
    d.decision, d.to_send, c.owner, c.backup, d.quote, d.page, c.file_name, d.contract_id, d.decision_id, d.send_by
FROM tickler.decisions d JOIN tickler.contracts c USING (contract_id)
WHERE d.removed_at IS NULL AND c.removed_at IS NULL AND NOT d.settled
    AND greatest(d.date, d.literal_date) >= current_date AND coalesce(c.state, '') NOT IN ('ended', 'presumed_ended', 'superseded')
ORDER BY d.act_by, d.contract_id, d.decision_id;

CREATE OR REPLACE VIEW tickler.unowned AS
SELECT c.act_by - current_date AS days_left, c.act_by, c.title, c.counterparty, c.type, c.state, c.term_ends, c.file_name,
    c.contract_id
FROM tickler.contracts c
WHERE c.removed_at IS NULL AND c.owner IS NULL AND c.part_of IS NULL
    AND coalesce(c.state, '') NOT IN ('ended', 'presumed_ended', 'superseded')
ORDER BY c.act_by NULLS LAST, c.contract_id;

CREATE OR REPLACE VIEW tickler.expiring AS
SELECT c.term_ends - current_date AS days_left, c.term_ends, c.title, c.counterparty, c.renewal_kind, c.act_by, c.decision,
    c.owner, c.annual_value, c.annual_value_currency, c.file_name, c.contract_id
FROM tickler.contracts c
WHERE c.removed_at IS NULL AND c.term_ends >= current_date
ORDER BY c.term_ends, c.contract_id;

CREATE OR REPLACE VIEW tickler.notice_windows AS
SELECT opens.date AS opens_on, n.act_by, n.date AS must_arrive_by,
    coalesce(opens.date <= current_date, true) AND greatest(n.date, n.literal_date) >= current_date AS is_open,
    n.kind, c.title, c.counterparty, c.owner, n.settled, n.term, c.file_name, n.contract_id, n.deadline_id
FROM tickler.deadlines n JOIN tickler.contracts c USING (contract_id)
    LEFT JOIN tickler.deadlines opens ON opens.contract_id = n.contract_id AND opens.term = n.term
        AND opens.kind = 'notice_window_opens' AND opens.removed_at IS NULL
WHERE n.removed_at IS NULL AND c.removed_at IS NULL AND n.kind IN ('notice_deadline', 'option_deadline')
ORDER BY n.act_by, n.contract_id, n.deadline_id;
