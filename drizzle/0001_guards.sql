-- Every function here has a search path of its own that looks into pg_temp last: else a temporary table called `entry` or
-- `approver` would be read in place of the real one.
-- https://www.postgresql.org/docs/18/sql-createfunction.html#SQL-CREATEFUNCTION-SECURITY
--
-- Every entry waits for the sequencer. The function runs as its owner, so that the program itself needs no right on the table.
CREATE FUNCTION ledger_await() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO ledger_pending (id) SELECT id FROM fresh;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER entry_awaits_sequencer AFTER INSERT ON entry
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION ledger_await();
--> statement-breakpoint
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION '% is append only: % refused. Write a new entry that corrects the old one.', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'insufficient_privilege';
END $$;
--> statement-breakpoint
CREATE TRIGGER entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON entry
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER delivery_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON delivery
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER lore_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON lore
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
ALTER TABLE entry ADD CONSTRAINT entry_size CHECK (octet_length(body) <= 65535);
--> statement-breakpoint
ALTER TABLE delivery ADD CONSTRAINT delivery_by_approval CHECK (verb = 'approve');
--> statement-breakpoint
-- A kept text is known by its hash and by nothing else.
ALTER TABLE lore ADD CONSTRAINT lore_by_its_hash CHECK (sha256 = encode(sha256(convert_to(text, 'UTF8')), 'hex'));
--> statement-breakpoint
CREATE UNIQUE INDEX practice_only_one ON practice ((true));
--> statement-breakpoint
-- The entry of that id, if this very transaction wrote it.
CREATE FUNCTION fresh_entry(of_id uuid) RETURNS entry LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT e FROM entry e WHERE e.entry_id = of_id AND e.xmin = pg_current_xact_id()::xid
$$;
--> statement-breakpoint
-- One act, one record: a row that names its last entry may only be written in the transaction that wrote that entry.
CREATE FUNCTION written_with_entry() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM entry e WHERE e.entry_id = NEW.last_entry AND e.xmin = pg_current_xact_id()::xid) THEN
    RAISE EXCEPTION 'a change of % needs a new entry in the same transaction', TG_TABLE_NAME
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['practice','person','client','approver','channel','request','draft','review','decision','delivery','question','digest_post'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE INSERT OR UPDATE ON %I FOR EACH ROW EXECUTE FUNCTION written_with_entry()', t || '_with_entry', t);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', t, t || '_with_entry');
  END LOOP;
END $$;
--> statement-breakpoint
-- A task moves only with an entry of its own that says from where to where, written in the same transaction.
CREATE FUNCTION task_moves_with_entry() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE e record;
BEGIN
  SELECT task_id, from_state, to_state INTO e FROM entry
    WHERE entry_id = NEW.last_entry AND xmin = pg_current_xact_id()::xid;
  IF NOT FOUND OR e.task_id IS DISTINCT FROM NEW.id OR e.to_state IS DISTINCT FROM NEW.state THEN
    RAISE EXCEPTION 'task % cannot be %: no new entry says so', NEW.id, NEW.state
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'proposed' OR NEW.version <> 1 OR e.from_state IS NOT NULL THEN
      RAISE EXCEPTION 'task % cannot begin as %, version %: a task begins as proposed, version 1', NEW.id, NEW.state, NEW.version
        USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF e.from_state IS DISTINCT FROM OLD.state OR NEW.version <> OLD.version + 1 OR NEW.last_entry = OLD.last_entry THEN
    RAISE EXCEPTION 'task % cannot go from %, version %, to %, version %: its entry says from %', NEW.id, OLD.state, OLD.version,
      NEW.state, NEW.version, e.from_state USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF OLD.state IN ('delivered', 'rejected', 'cancelled') THEN
    RAISE EXCEPTION 'task % is % for good', NEW.id, OLD.state USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF OLD.client_id IS NOT NULL AND NEW.client_id IS DISTINCT FROM OLD.client_id THEN
    RAISE EXCEPTION 'task % stays with its client', NEW.id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.state = 'approved' AND (OLD.state NOT IN ('waiting', 'approved') OR NOT EXISTS (
    SELECT 1 FROM decision d JOIN draft f ON f.id = NEW.draft_id AND f.task_id = NEW.id
    WHERE d.task_id = NEW.id AND d.verb = 'approve' AND d.draft_sha256 = f.sha256 AND d.voided_at IS NULL)) THEN
    RAISE EXCEPTION 'task % cannot be approved: nobody approved its current draft', NEW.id
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.state = 'delivered' AND (OLD.state <> 'approved' OR NOT EXISTS (
    SELECT 1 FROM delivery v JOIN draft f ON f.id = NEW.draft_id AND f.task_id = NEW.id
    WHERE v.task_id = NEW.id AND v.draft_sha256 = f.sha256)) THEN
    RAISE EXCEPTION 'task % cannot be delivered: there is no delivery of its current draft', NEW.id
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER task_with_entry BEFORE INSERT OR UPDATE ON task FOR EACH ROW EXECUTE FUNCTION task_moves_with_entry();
--> statement-breakpoint
-- An attempt is begun once and ended once, each with its own entry; what it cost is what that entry says.
CREATE FUNCTION attempt_with_entry() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE e entry;
BEGIN
  e := fresh_entry(CASE TG_OP WHEN 'INSERT' THEN NEW.started_entry ELSE NEW.ended_entry END);
  IF e.attempt_id IS DISTINCT FROM NEW.id OR e.task_id IS DISTINCT FROM NEW.task_id
    OR e.type <> (CASE TG_OP WHEN 'INSERT' THEN 'attempt.started' ELSE 'attempt.ended' END) THEN
    RAISE EXCEPTION 'attempt % needs a new entry of its own', NEW.id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP = 'INSERT' AND NEW.ended_at IS NOT NULL OR TG_OP = 'UPDATE' AND (OLD.ended_at IS NOT NULL
    OR NEW.ended_at IS NULL OR e.cost_nano IS DISTINCT FROM NEW.cost_nano) THEN
    RAISE EXCEPTION 'attempt % is begun once and ended once, at the cost its entry says', NEW.id
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER attempt_with_entry BEFORE INSERT OR UPDATE ON attempt FOR EACH ROW EXECUTE FUNCTION attempt_with_entry();
--> statement-breakpoint
-- Somebody decides for a client from the entry that says so until the entry that ends it. Neither is moved afterwards,
-- and an end does not reach back behind what was approved before it.
CREATE FUNCTION approver_in_force() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE e entry := fresh_entry(NEW.last_entry);
BEGIN
  IF e.type IS DISTINCT FROM 'role.set' OR e.client_id IS DISTINCT FROM NEW.client_id
    OR convert_from(e.body, 'UTF8')::jsonb #>> '{data,person}' IS DISTINCT FROM NEW.person_id::text
    OR e.at IS DISTINCT FROM (CASE TG_OP WHEN 'INSERT' THEN NEW.since ELSE NEW.until END) THEN
    RAISE EXCEPTION 'the rights of person % for client % change at the time of an entry that says so', NEW.person_id, NEW.client_id
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP = 'INSERT' AND NEW.until IS NOT NULL OR TG_OP = 'UPDATE' AND (OLD.until IS NOT NULL OR EXISTS (
    SELECT 1 FROM decision d JOIN task t ON t.id = d.task_id
    WHERE t.client_id = NEW.client_id AND d.person_id = NEW.person_id AND d.verb = 'approve' AND d.at >= NEW.until)) THEN
    RAISE EXCEPTION 'the rights of person % for client % begin once and end once, after what was approved under them', NEW.person_id,
      NEW.client_id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER approver_history BEFORE INSERT OR UPDATE ON approver FOR EACH ROW EXECUTE FUNCTION approver_in_force();
--> statement-breakpoint
-- An approval is by a member who is an approver of that client now, of a draft of that task, and its entry names them all.
-- The lock makes an end of those rights wait until the approval is written, or the approval see the end.
CREATE FUNCTION decision_by_approver() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE e entry := fresh_entry(NEW.last_entry);
BEGIN
  IF NOT EXISTS (SELECT 1 FROM draft f WHERE f.task_id = NEW.task_id AND f.sha256 = NEW.draft_sha256) THEN
    RAISE EXCEPTION 'task % has no draft %', NEW.task_id, NEW.draft_sha256 USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.voided_at IS NOT NULL THEN
    RAISE EXCEPTION 'a decision begins in force' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.verb <> 'approve' THEN RETURN NEW; END IF;
  PERFORM 1 FROM task t JOIN approver a ON a.client_id = t.client_id JOIN person p ON p.id = a.person_id
    WHERE t.id = NEW.task_id AND a.person_id = NEW.person_id AND p.role <> 'guest' AND a.since <= NEW.at AND a.until IS NULL
    FOR SHARE OF a;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'person % was no approver of the client of task % at that time', NEW.person_id, NEW.task_id
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF (e.type, e.task_id, e.draft_sha256, e.actor_kind, e.actor_id, e.at) IS DISTINCT FROM
    ('draft.approved', NEW.task_id, NEW.draft_sha256, 'person', NEW.person_id::text, NEW.at) THEN
    RAISE EXCEPTION 'the approval of task % is not what its entry says', NEW.task_id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER decision_rights BEFORE INSERT ON decision FOR EACH ROW EXECUTE FUNCTION decision_by_approver();
--> statement-breakpoint
CREATE FUNCTION decision_voided_once() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF OLD.voided_at IS NOT NULL OR NEW.voided_at IS NULL OR EXISTS (SELECT 1 FROM delivery v WHERE v.decision_id = NEW.id) THEN
    RAISE EXCEPTION 'decision % can be taken back once, before its delivery, and never put back in force', NEW.id
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER decision_voided BEFORE UPDATE ON decision FOR EACH ROW EXECUTE FUNCTION decision_voided_once();
--> statement-breakpoint
-- Whether somebody had the right to approve for the client of a task at a moment; each bound is that of the approver's row.
CREATE FUNCTION approver_at(of_task uuid, who uuid, moment timestamptz) RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM task t JOIN approver a ON a.client_id = t.client_id
    WHERE t.id = of_task AND a.person_id = who AND a.since <= moment AND (a.until IS NULL OR a.until > moment))
$$;
--> statement-breakpoint
CREATE FUNCTION delivery_of_approval() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  d record;
  e entry := fresh_entry(NEW.last_entry);
BEGIN
  SELECT at, voided_at INTO d FROM decision WHERE id = NEW.decision_id FOR SHARE;
  IF NOT FOUND OR d.voided_at IS NOT NULL THEN
    RAISE EXCEPTION 'task % cannot be delivered: its approval is not in force', NEW.task_id
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NOT approver_at(NEW.task_id, NEW.person_id, d.at) THEN
    RAISE EXCEPTION 'task % cannot be delivered: person % was no approver at that time', NEW.task_id, NEW.person_id
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NOT EXISTS (SELECT 1 FROM entry i WHERE i.entry_id = NEW.disclosure_entry AND i.type = 'disclosure.issued'
      AND i.task_id = NEW.task_id AND i.draft_sha256 = NEW.draft_sha256) THEN
    RAISE EXCEPTION 'task % cannot be delivered: no disclosure of these bytes', NEW.task_id
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF (e.type, e.task_id, e.draft_sha256) IS DISTINCT FROM ('draft.delivered', NEW.task_id, NEW.draft_sha256) THEN
    RAISE EXCEPTION 'the delivery of task % is not what its entry says', NEW.task_id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER delivery_rights BEFORE INSERT ON delivery FOR EACH ROW EXECUTE FUNCTION delivery_of_approval();
--> statement-breakpoint
-- A job leaves the outbox when it is done: an open one that was deleted would be lost for good.
CREATE FUNCTION outbox_keeps_open() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF OLD.done_at IS NULL THEN
    RAISE EXCEPTION 'job % is not done: it stays in the outbox', OLD.job_id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN OLD;
END $$;
--> statement-breakpoint
CREATE TRIGGER outbox_open BEFORE DELETE ON outbox FOR EACH ROW EXECUTE FUNCTION outbox_keeps_open();
--> statement-breakpoint
ALTER TABLE entry ENABLE ALWAYS TRIGGER entry_awaits_sequencer;
--> statement-breakpoint
ALTER TABLE entry ENABLE ALWAYS TRIGGER entry_append_only;
--> statement-breakpoint
ALTER TABLE delivery ENABLE ALWAYS TRIGGER delivery_append_only;
--> statement-breakpoint
ALTER TABLE lore ENABLE ALWAYS TRIGGER lore_append_only;
--> statement-breakpoint
ALTER TABLE task ENABLE ALWAYS TRIGGER task_with_entry;
--> statement-breakpoint
ALTER TABLE decision ENABLE ALWAYS TRIGGER decision_rights;
--> statement-breakpoint
ALTER TABLE decision ENABLE ALWAYS TRIGGER decision_voided;
--> statement-breakpoint
ALTER TABLE attempt ENABLE ALWAYS TRIGGER attempt_with_entry;
--> statement-breakpoint
ALTER TABLE approver ENABLE ALWAYS TRIGGER approver_history;
--> statement-breakpoint
ALTER TABLE delivery ENABLE ALWAYS TRIGGER delivery_rights;
--> statement-breakpoint
ALTER TABLE outbox ENABLE ALWAYS TRIGGER outbox_open;
--> statement-breakpoint
-- The program connects as this role; it gets its password at start. It may add to the record, never change it.
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'aios_writer') THEN CREATE ROLE aios_writer NOLOGIN; END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
--> statement-breakpoint
REVOKE ALL ON SCHEMA public FROM PUBLIC;
--> statement-breakpoint
-- Else a trigger of one's own on a temporary table could run what runs as the owner.
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION fresh_entry(uuid), approver_at(uuid, uuid, timestamptz) TO aios_writer;
--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO aios_writer;
--> statement-breakpoint
GRANT SELECT ON ALL TABLES IN SCHEMA public TO aios_writer;
--> statement-breakpoint
GRANT INSERT ON practice, person, client, approver, channel, inbox, request, task, attempt, draft, review, decision, delivery, question, card, body, lore, digest_post TO aios_writer;
--> statement-breakpoint
-- By column, so that neither the place in the record nor the leaf can be chosen.
GRANT INSERT (entry_id, type, at, client_id, request_id, task_id, attempt_id, actor_kind, actor_id, lane, model, persona, rule, from_state, to_state, draft_sha256, cost_nano, minutes, body) ON entry TO aios_writer;
--> statement-breakpoint
GRANT INSERT (job_id, queue, name, subject, due_at) ON outbox TO aios_writer;
--> statement-breakpoint
GRANT UPDATE (sent_at, done_at) ON outbox TO aios_writer;
--> statement-breakpoint
GRANT UPDATE (name, role, last_entry) ON person TO aios_writer;
--> statement-breakpoint
GRANT UPDATE (name, cloud, review_channel, last_entry) ON client TO aios_writer;
--> statement-breakpoint
GRANT UPDATE (client_id, audience, last_entry) ON channel TO aios_writer;
--> statement-breakpoint
-- A card stays the card of its draft and question for good.
GRANT UPDATE (wanted, shown, trying, channel, ts, posted_at, read_at) ON card TO aios_writer;
--> statement-breakpoint
GRANT UPDATE (policy_sha256, last_entry) ON practice TO aios_writer;
--> statement-breakpoint
GRANT UPDATE (until, last_entry) ON approver TO aios_writer;
--> statement-breakpoint
GRANT UPDATE (client_id, step, last_entry) ON request TO aios_writer;
--> statement-breakpoint
GRANT UPDATE (client_id, body_id, state, return_to, version, kind, persona, lane, gate, rule, facts, trace, round, declines, attempts, draft_id, minutes, cost_nano, waits_for, changed_at, last_entry) ON task TO aios_writer;
--> statement-breakpoint
GRANT UPDATE (ended_at, outcome, model, usage, cost_nano, cost_basis, prompt_body, answer_body, rehearsal, ended_entry) ON attempt TO aios_writer;
--> statement-breakpoint
GRANT UPDATE (voided_at, last_entry) ON decision TO aios_writer;
--> statement-breakpoint
GRANT UPDATE (answered_at, answer, answer_body, answered_by, last_entry) ON question TO aios_writer;
--> statement-breakpoint
GRANT DELETE ON outbox TO aios_writer;
--> statement-breakpoint
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO aios_writer;
