-- Who may do what with the record. Each program logs in as a role with as few rights as its work needs; the tables of the
-- record belong to a role as which nobody logs in. Functions look into pg_temp last, as in 0001_guards.sql.
DO $$
DECLARE r text;
BEGIN
  FOREACH r IN ARRAY ARRAY['aios_owner', 'aios_sequencer', 'aios_reader', 'aios_eraser'] LOOP
    BEGIN
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = r) THEN EXECUTE format('CREATE ROLE %I NOLOGIN', r); END IF;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END;
  END LOOP;
  -- Whoever migrates must be able to change these tables later.
  IF NOT pg_has_role(current_user, 'aios_owner', 'MEMBER') THEN EXECUTE format('GRANT aios_owner TO %I', current_user); END IF;
END $$;
--> statement-breakpoint
GRANT USAGE, CREATE ON SCHEMA public TO aios_owner;
--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO aios_sequencer, aios_reader, aios_eraser;
--> statement-breakpoint
-- What a body belongs to, who was erased, and which keys are retired (src/store/schema/keyring.ts).
CREATE TABLE "keyring" (
	"owner" text PRIMARY KEY NOT NULL,
	"oldest" integer NOT NULL,
	"closed_at" timestamp (3) with time zone,
	"last_entry" uuid NOT NULL
);
--> statement-breakpoint
ALTER TABLE "body" ADD COLUMN "request_id" uuid;--> statement-breakpoint
ALTER TABLE "body" ADD COLUMN "task_id" uuid;--> statement-breakpoint
ALTER TABLE "client" ADD COLUMN "erased_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "keyring" ADD CONSTRAINT "keyring_last_entry_entry_entry_id_fk" FOREIGN KEY ("last_entry") REFERENCES "public"."entry"("entry_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "body_request" ON "body" USING btree ("request_id") WHERE erased_at is null;
--> statement-breakpoint
-- The client that a reader may see: none unless the transaction says which one.
CREATE FUNCTION current_client() RETURNS uuid LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT nullif(current_setting('aios.client_id', true), '')::uuid
$$;
--> statement-breakpoint
-- A log has one client for good and is closed once.
CREATE FUNCTION log_closes_once() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP <> 'UPDATE' OR OLD.closed_at IS NOT NULL OR NEW.closed_at IS NULL
    OR (OLD.id, OLD.client_id, OLD.epoch, OLD.origin, OLD.begun_at) IS DISTINCT FROM (NEW.id, NEW.client_id, NEW.epoch, NEW.origin, NEW.begun_at) THEN
    RAISE EXCEPTION 'log % is closed once and changes in nothing else', OLD.origin USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER log_history BEFORE UPDATE OR DELETE ON log FOR EACH ROW EXECUTE FUNCTION log_closes_once();
--> statement-breakpoint
CREATE TRIGGER log_kept BEFORE TRUNCATE ON log FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- A tree only grows.
CREATE FUNCTION tree_grows() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP <> 'UPDATE' OR NEW.log_id <> OLD.log_id OR NEW.size <= OLD.size THEN
    RAISE EXCEPTION 'the tree of log % only grows', OLD.log_id USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER tree_history BEFORE UPDATE OR DELETE ON tree FOR EACH ROW EXECUTE FUNCTION tree_grows();
--> statement-breakpoint
CREATE TRIGGER tree_kept BEFORE TRUNCATE ON tree FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER leaf_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON leaf FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER checkpoint_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON checkpoint FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER attribution_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON attribution FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER attribution_with_entry BEFORE INSERT ON attribution FOR EACH ROW EXECUTE FUNCTION written_with_entry();
--> statement-breakpoint
-- An entry leaves the outbox of the record only by its place in a log: one that was taken out otherwise would be lost to every proof.
CREATE FUNCTION pending_becomes_leaf() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM gone g WHERE NOT EXISTS (SELECT 1 FROM leaf l WHERE l.entry_id = g.id)) THEN
    RAISE EXCEPTION 'an entry waits for its place in a log until it has one' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER pending_placed AFTER DELETE ON ledger_pending REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION pending_becomes_leaf();
--> statement-breakpoint
CREATE TRIGGER pending_kept BEFORE UPDATE OR TRUNCATE ON ledger_pending FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- A body is what was put. Its key may be wrapped anew, it may be given to the client it turns out to belong to, and it may be
-- erased; its text, its length and what entries commit to never change.
CREATE FUNCTION body_stays() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  erased boolean := NEW.erased_at IS NOT NULL;
BEGIN
  IF TG_OP = 'DELETE' OR (OLD.id, OLD.request_id, OLD.task_id, OLD.kind, OLD.digest, OLD.size, OLD.made_at)
      IS DISTINCT FROM (NEW.id, NEW.request_id, NEW.task_id, NEW.kind, NEW.digest, NEW.size, NEW.made_at)
    OR OLD.erased_at IS NOT NULL
    OR (erased AND (NEW.wrapped_key IS NOT NULL OR NEW.sealed IS NOT NULL OR (NEW.client_id, NEW.key_name) IS DISTINCT FROM (OLD.client_id, OLD.key_name)))
    OR (NOT erased AND (NEW.wrapped_key IS NULL OR NEW.sealed IS DISTINCT FROM OLD.sealed))
    OR (OLD.client_id IS NOT NULL AND NEW.client_id IS DISTINCT FROM OLD.client_id)
    OR (current_user = 'aios_writer' AND (OLD.client_id IS NOT NULL OR NEW.client_id IS NULL)) THEN
    RAISE EXCEPTION 'body % stays what it is: it can be given to its client, wrapped anew, or erased as a whole', OLD.id
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER body_history BEFORE UPDATE OR DELETE ON body FOR EACH ROW EXECUTE FUNCTION body_stays();
--> statement-breakpoint
-- No body lies under another's key, and none comes under a key that is retired: what was wrapped while the key was turned is
-- refused and wrapped anew. Whoever retires a key waits for the lock, and so for every body that was on its way.
CREATE FUNCTION body_under_living_key() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  ring text := coalesce('client-' || NEW.client_id, 'practice');
  k record;
BEGIN
  IF NEW.erased_at IS NOT NULL THEN RETURN NEW; END IF;
  IF NEW.key_name !~ ('^' || ring || '([.][1-9][0-9]{0,5})?$') THEN
    RAISE EXCEPTION 'body % cannot lie under the key %: it belongs under that of %', NEW.id, NEW.key_name, ring
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  PERFORM pg_advisory_xact_lock_shared(hashtextextended(ring, 0));
  SELECT oldest, closed_at INTO k FROM keyring WHERE owner = ring;
  IF FOUND AND k.closed_at IS NOT NULL THEN
    RAISE EXCEPTION 'the key ring % is closed', ring USING ERRCODE = 'AK001';
  END IF;
  IF FOUND AND coalesce(nullif(split_part(NEW.key_name, '.', 2), ''), '0')::integer < k.oldest THEN
    RAISE EXCEPTION 'the key % is retired', NEW.key_name USING ERRCODE = 'AK002';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER body_key BEFORE INSERT OR UPDATE ON body FOR EACH ROW EXECUTE FUNCTION body_under_living_key();
--> statement-breakpoint
-- A generation is retired once no text lies under it any more, and a client's ring is closed once none of its work is open.
CREATE FUNCTION keyring_turns() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' OR (TG_OP = 'UPDATE' AND (NEW.owner <> OLD.owner OR NEW.oldest < OLD.oldest OR OLD.closed_at IS NOT NULL)) THEN
    RAISE EXCEPTION 'the key ring % only turns on, until it is closed for good', OLD.owner USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended(NEW.owner, 0));
  IF EXISTS (SELECT 1 FROM generate_series(0, NEW.oldest - 1) g
    JOIN body b ON b.key_name = NEW.owner || CASE g WHEN 0 THEN '' ELSE '.' || g END WHERE b.erased_at IS NULL) THEN
    RAISE EXCEPTION 'texts lie under retired keys of % still', NEW.owner USING ERRCODE = 'AK003';
  END IF;
  IF NEW.closed_at IS NOT NULL AND EXISTS (SELECT 1 FROM request r WHERE 'client-' || r.client_id = NEW.owner AND
    (r.step IN ('received', 'asked') OR EXISTS (SELECT 1 FROM task t WHERE t.request_id = r.id
      AND t.state NOT IN ('delivered', 'rejected', 'cancelled')))) THEN
    RAISE EXCEPTION 'work under the key ring % is open still', NEW.owner USING ERRCODE = 'AK003';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER keyring_turned BEFORE INSERT OR UPDATE OR DELETE ON keyring FOR EACH ROW EXECUTE FUNCTION keyring_turns();
--> statement-breakpoint
CREATE TRIGGER keyring_with_entry BEFORE INSERT OR UPDATE ON keyring FOR EACH ROW EXECUTE FUNCTION written_with_entry();
--> statement-breakpoint
CREATE TRIGGER keyring_kept BEFORE TRUNCATE ON keyring FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER body_kept BEFORE TRUNCATE ON body FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
ALTER TABLE body ADD CONSTRAINT body_whole CHECK ((erased_at IS NULL) = (wrapped_key IS NOT NULL) AND (erased_at IS NULL) = (sealed IS NOT NULL));
--> statement-breakpoint
ALTER TABLE attribution ADD CONSTRAINT attribution_by_its_hash CHECK (sha256 = encode(sha256(content), 'hex'));
--> statement-breakpoint
-- Always: a session that plays replica still meets them.
DO $$
DECLARE t record;
BEGIN
  FOR t IN SELECT c.relname AS tab, g.tgname AS trig FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid
    WHERE NOT g.tgisinternal AND c.relname IN ('log', 'tree', 'leaf', 'checkpoint', 'attribution', 'ledger_pending', 'body', 'keyring') LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', t.tab, t.trig);
  END LOOP;
END $$;
--> statement-breakpoint
GRANT INSERT ON attribution TO aios_writer;
--> statement-breakpoint
GRANT SELECT ON log, leaf, tree, checkpoint, attribution, keyring TO aios_writer;
--> statement-breakpoint
GRANT UPDATE (client_id, key_name, wrapped_key) ON body TO aios_writer;
--> statement-breakpoint
GRANT UPDATE (retention_days) ON client TO aios_writer;
--> statement-breakpoint
GRANT SELECT (id) ON practice TO aios_sequencer;
--> statement-breakpoint
GRANT SELECT ON entry, ledger_pending, log, leaf, tree, checkpoint TO aios_sequencer;
--> statement-breakpoint
GRANT INSERT ON log, leaf, tree, checkpoint TO aios_sequencer;
--> statement-breakpoint
GRANT UPDATE (size, peaks) ON tree TO aios_sequencer;
--> statement-breakpoint
GRANT UPDATE (closed_at) ON log TO aios_sequencer;
--> statement-breakpoint
GRANT DELETE ON ledger_pending TO aios_sequencer;
--> statement-breakpoint
GRANT SELECT ON practice, entry, body, keyring, client, channel, approver, person, request, task, draft, review, question TO aios_eraser;
--> statement-breakpoint
GRANT UPDATE (key_name, wrapped_key, sealed, erased_at) ON body TO aios_eraser;
--> statement-breakpoint
GRANT INSERT, UPDATE (oldest, closed_at, last_entry) ON keyring TO aios_eraser;
--> statement-breakpoint
-- What names somebody outside of texts. Each change needs a new entry, and this role can write none but the two below.
GRANT UPDATE (slug, name, review_channel, erased_at, last_entry) ON client TO aios_eraser;
--> statement-breakpoint
GRANT UPDATE (channel, client_id, audience, last_entry) ON channel TO aios_eraser;
--> statement-breakpoint
GRANT UPDATE (slack_user, name, last_entry) ON person TO aios_eraser;
--> statement-breakpoint
GRANT UPDATE (options, last_entry) ON question TO aios_eraser;
--> statement-breakpoint
GRANT UPDATE (files, last_entry) ON draft TO aios_eraser;
--> statement-breakpoint
GRANT UPDATE (fingerprints, last_entry) ON review TO aios_eraser;
--> statement-breakpoint
-- A request that still waits to hear for whom it is ends with its words.
GRANT UPDATE (step, last_entry) ON request TO aios_eraser;
--> statement-breakpoint
-- The few entries these two write themselves; by column, as for the writer.
GRANT INSERT (entry_id, type, at, client_id, request_id, task_id, attempt_id, actor_kind, actor_id, lane, model, persona, rule, from_state, to_state, draft_sha256, cost_nano, minutes, body) ON entry TO aios_sequencer, aios_eraser;
--> statement-breakpoint
GRANT SELECT ON entry, log, leaf, tree, checkpoint, client, request, task, draft, approver, attribution, lore TO aios_reader;
--> statement-breakpoint
GRANT SELECT (id, name, role) ON person TO aios_reader;
--> statement-breakpoint
GRANT SELECT (id, origin, rehearsal) ON practice TO aios_reader;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION current_client() TO aios_reader;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION pending_becomes_leaf() FROM PUBLIC;
--> statement-breakpoint
-- Row level security, for the owner too. Programs see every row of what they were granted; a reader sees one client.
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['entry', 'log', 'leaf', 'tree', 'checkpoint', 'attribution', 'body', 'client', 'request', 'task', 'draft', 'approver', 'person'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY %I ON %I TO aios_owner, aios_writer USING (true) WITH CHECK (true)', t || '_program', t);
    EXECUTE format('CREATE POLICY %I ON %I FOR SELECT TO aios_sequencer, aios_eraser USING (true)', t || '_seen', t);
  END LOOP;
END $$;
--> statement-breakpoint
CREATE POLICY entry_of_sequencer ON entry FOR INSERT TO aios_sequencer WITH CHECK (type IN ('log.restored', 'key.rotated', 'key.retired'));
--> statement-breakpoint
CREATE POLICY entry_of_eraser ON entry FOR INSERT TO aios_eraser WITH CHECK (type IN ('content.erased', 'keys.rotated'));
--> statement-breakpoint
CREATE POLICY log_of_sequencer ON log TO aios_sequencer USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY leaf_of_sequencer ON leaf FOR INSERT TO aios_sequencer WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY tree_of_sequencer ON tree TO aios_sequencer USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY checkpoint_of_sequencer ON checkpoint FOR INSERT TO aios_sequencer WITH CHECK (true);
--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['body', 'client', 'person', 'request', 'draft'] LOOP
    EXECUTE format('CREATE POLICY %I ON %I FOR UPDATE TO aios_eraser USING (true) WITH CHECK (true)', t || '_of_eraser', t);
  END LOOP;
END $$;
--> statement-breakpoint
CREATE POLICY entry_of_client ON entry FOR SELECT TO aios_reader USING (client_id = current_client());
--> statement-breakpoint
CREATE POLICY log_of_client ON log FOR SELECT TO aios_reader USING (client_id = current_client());
--> statement-breakpoint
CREATE POLICY leaf_of_client ON leaf FOR SELECT TO aios_reader USING (log_id IN (SELECT id FROM log));
--> statement-breakpoint
CREATE POLICY tree_of_client ON tree FOR SELECT TO aios_reader USING (log_id IN (SELECT id FROM log));
--> statement-breakpoint
CREATE POLICY checkpoint_of_client ON checkpoint FOR SELECT TO aios_reader USING (log_id IN (SELECT id FROM log));
--> statement-breakpoint
CREATE POLICY client_itself ON client FOR SELECT TO aios_reader USING (id = current_client());
--> statement-breakpoint
CREATE POLICY request_of_client ON request FOR SELECT TO aios_reader USING (client_id = current_client());
--> statement-breakpoint
CREATE POLICY task_of_client ON task FOR SELECT TO aios_reader USING (client_id = current_client());
--> statement-breakpoint
CREATE POLICY draft_of_client ON draft FOR SELECT TO aios_reader USING (task_id IN (SELECT id FROM task));
--> statement-breakpoint
CREATE POLICY approver_of_client ON approver FOR SELECT TO aios_reader USING (client_id = current_client());
--> statement-breakpoint
CREATE POLICY attribution_of_client ON attribution FOR SELECT TO aios_reader USING (client_id = current_client());
--> statement-breakpoint
-- Names of those who had a hand in this client's work, and of nobody else.
CREATE POLICY person_of_client ON person FOR SELECT TO aios_reader USING (
  id IN (SELECT person_id FROM request) OR id IN (SELECT person_id FROM approver)
  OR id IN (SELECT actor_id::uuid FROM entry WHERE actor_kind = 'person'));
--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['entry', 'ledger_pending', 'log', 'leaf', 'tree', 'checkpoint', 'attribution', 'body', 'keyring', 'lore'] LOOP
    EXECUTE format('ALTER TABLE %I OWNER TO aios_owner', t);
  END LOOP;
END $$;
--> statement-breakpoint
ALTER FUNCTION ledger_await() OWNER TO aios_owner;
--> statement-breakpoint
ALTER FUNCTION pending_becomes_leaf() OWNER TO aios_owner;
