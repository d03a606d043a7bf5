-- Every entry waits for the sequencer. The function runs as its owner, so that the program itself needs no right on the table.
CREATE FUNCTION ledger_await() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO ledger_pending (id) SELECT id FROM fresh;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER entry_awaits_sequencer AFTER INSERT ON entry
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION ledger_await();
--> statement-breakpoint
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
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
-- One act, one record: a row that names its last entry may only be written in the transaction that wrote that entry.
CREATE FUNCTION written_with_entry() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE FUNCTION task_moves_with_entry() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE e record;
BEGIN
  SELECT task_id, from_state, to_state INTO e FROM entry
    WHERE entry_id = NEW.last_entry AND xmin = pg_current_xact_id()::xid;
  IF NOT FOUND OR e.task_id IS DISTINCT FROM NEW.id OR e.to_state IS DISTINCT FROM NEW.state THEN
    RAISE EXCEPTION 'task % cannot be %: no new entry says so', NEW.id, NEW.state
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP = 'UPDATE' AND (e.from_state IS DISTINCT FROM OLD.state OR NEW.version <> OLD.version + 1) THEN
    RAISE EXCEPTION 'task % cannot go from % to %: the entry says from %', NEW.id, OLD.state, NEW.state, e.from_state
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.state = 'approved' AND NOT EXISTS (
    SELECT 1 FROM decision d JOIN draft f ON f.id = NEW.draft_id
    WHERE d.task_id = NEW.id AND d.verb = 'approve' AND d.draft_sha256 = f.sha256 AND d.voided_at IS NULL) THEN
    RAISE EXCEPTION 'task % cannot be approved: nobody approved its current draft', NEW.id
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.state = 'delivered' AND NOT EXISTS (
    SELECT 1 FROM delivery v JOIN draft f ON f.id = NEW.draft_id
    WHERE v.task_id = NEW.id AND v.draft_sha256 = f.sha256) THEN
    RAISE EXCEPTION 'task % cannot be delivered: there is no delivery of its current draft', NEW.id
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER task_with_entry BEFORE INSERT OR UPDATE ON task FOR EACH ROW EXECUTE FUNCTION task_moves_with_entry();
--> statement-breakpoint
-- An approval counts only from someone who was an approver of that client at that time.
CREATE FUNCTION approver_at(of_task uuid, who uuid, moment timestamptz) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM task t JOIN approver a ON a.client_id = t.client_id
    WHERE t.id = of_task AND a.person_id = who AND a.since <= moment AND (a.until IS NULL OR a.until > moment))
$$;
--> statement-breakpoint
CREATE FUNCTION decision_by_approver() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.verb = 'approve' AND NOT approver_at(NEW.task_id, NEW.person_id, NEW.at) THEN
    RAISE EXCEPTION 'person % was no approver of the client of task % at that time', NEW.person_id, NEW.task_id
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER decision_rights BEFORE INSERT OR UPDATE ON decision FOR EACH ROW EXECUTE FUNCTION decision_by_approver();
--> statement-breakpoint
CREATE FUNCTION delivery_of_approval() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE d record;
BEGIN
  SELECT at, voided_at INTO d FROM decision WHERE id = NEW.decision_id;
  IF NOT FOUND OR d.voided_at IS NOT NULL THEN
    RAISE EXCEPTION 'task % cannot be delivered: its approval is not in force', NEW.task_id
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NOT approver_at(NEW.task_id, NEW.person_id, d.at) THEN
    RAISE EXCEPTION 'task % cannot be delivered: person % was no approver at that time', NEW.task_id, NEW.person_id
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NOT EXISTS (SELECT 1 FROM entry e WHERE e.entry_id = NEW.disclosure_entry AND e.type = 'disclosure.issued'
      AND e.task_id = NEW.task_id AND e.draft_sha256 = NEW.draft_sha256) THEN
    RAISE EXCEPTION 'task % cannot be delivered: no disclosure of these bytes', NEW.task_id
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER delivery_rights BEFORE INSERT ON delivery FOR EACH ROW EXECUTE FUNCTION delivery_of_approval();
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
ALTER TABLE delivery ENABLE ALWAYS TRIGGER delivery_rights;
--> statement-breakpoint
-- The program connects as this role; it gets its password at start. It may add to the record, never change it.
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'aios_writer') THEN CREATE ROLE aios_writer NOLOGIN; END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
--> statement-breakpoint
REVOKE ALL ON SCHEMA public FROM PUBLIC;
--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO aios_writer;
--> statement-breakpoint
GRANT SELECT ON ALL TABLES IN SCHEMA public TO aios_writer;
--> statement-breakpoint
GRANT INSERT ON entry, practice, person, client, approver, channel, inbox, request, task, attempt, draft, review, decision, delivery, question, card, body, lore, outbox, digest_post TO aios_writer;
--> statement-breakpoint
GRANT UPDATE ON person, client, channel, card, outbox TO aios_writer;
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
