-- Who may teach. Functions look into pg_temp last, as in 0001_guards.sql.
--
-- An example is what its entry says, by the person that entry names, of words that lie with the work they come from: so
-- erasing that work erases it. Words of confidential work are none, and everyone's come by an approver of the client they
-- come from, or by the owner.
CREATE FUNCTION example_with_entry() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  e record;
  of_client uuid;
BEGIN
  SELECT type, at, client_id, request_id, task_id, actor_kind, actor_id INTO e FROM entry
    WHERE entry_id = NEW.last_entry AND xmin = pg_current_xact_id()::xid;
  SELECT client_id INTO of_client FROM task WHERE id = NEW.task_id AND request_id = NEW.request_id;
  IF (e.type, e.at, e.client_id, e.request_id, e.task_id, e.actor_kind, e.actor_id) IS DISTINCT FROM
    (CASE WHEN NEW.client_id IS NULL THEN 'example.shared' ELSE 'example.kept' END, NEW.made_at, of_client, NEW.request_id,
      NEW.task_id, 'person', NEW.person_id::text) OR NEW.client_id <> of_client OR of_client IS NULL OR NEW.out IS NOT NULL THEN
    RAISE EXCEPTION 'example % needs a new entry that says whose words a person gave which kind', NEW.id
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NOT EXISTS (SELECT 1 FROM body b WHERE b.id = NEW.body_id AND b.kind = 'example' AND b.request_id = NEW.request_id
      AND b.task_id = NEW.task_id AND b.client_id IS NOT DISTINCT FROM NEW.client_id) THEN
    RAISE EXCEPTION 'the words of example % must lie with the work they come from', NEW.id
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF EXISTS (SELECT 1 FROM task t WHERE t.request_id = NEW.request_id AND t.facts ->> 'sensitivity' = 'confidential') THEN
    RAISE EXCEPTION 'example % comes from confidential work', NEW.id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.client_id IS NULL AND NOT EXISTS (SELECT 1 FROM person p WHERE p.id = NEW.person_id AND (p.role = 'owner' OR p.role = 'colleague'
      AND EXISTS (SELECT 1 FROM approver a WHERE a.client_id = of_client AND a.person_id = p.id AND a.until IS NULL))) THEN
    RAISE EXCEPTION 'person % may not give words of this client to everyone', NEW.person_id
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER example_with_entry BEFORE INSERT ON example FOR EACH ROW EXECUTE FUNCTION example_with_entry();
--> statement-breakpoint
-- An example goes out of use once, and says why; it changes in nothing else and never comes back.
CREATE FUNCTION example_stays() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE of_type text;
BEGIN
  IF TG_OP = 'DELETE' OR NEW.out IS NULL OR (OLD.out IS NOT NULL AND NEW.out <> OLD.out)
    OR (OLD.id, OLD.client_id, OLD.kind, OLD.body_id, OLD.request_id, OLD.task_id, OLD.person_id, OLD.made_at)
      IS DISTINCT FROM (NEW.id, NEW.client_id, NEW.kind, NEW.body_id, NEW.request_id, NEW.task_id, NEW.person_id, NEW.made_at) THEN
    RAISE EXCEPTION 'example % stays what it is until it is out of use for good', OLD.id USING ERRCODE = 'insufficient_privilege';
  END IF;
  SELECT type INTO of_type FROM entry WHERE entry_id = NEW.last_entry AND xmin = pg_current_xact_id()::xid;
  IF of_type IS NULL OR of_type <> 'example.removed' AND NEW.out <> 'confidential'
    AND NOT (NEW.out = 'replaced' AND of_type IN ('example.kept', 'example.shared')) THEN
    RAISE EXCEPTION 'example % needs a new entry that says why it is out of use', OLD.id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER example_history BEFORE UPDATE OR DELETE ON example FOR EACH ROW EXECUTE FUNCTION example_stays();
--> statement-breakpoint
CREATE TRIGGER example_kept BEFORE TRUNCATE ON example FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
ALTER TABLE example ADD CONSTRAINT example_out CHECK (out IN ('asked', 'replaced', 'confidential', 'too_many'));
--> statement-breakpoint
-- Work that turns out to be confidential teaches nothing from that moment on, whichever way that came out.
CREATE FUNCTION confidential_teaches_nothing() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE example SET out = 'confidential', last_entry = NEW.last_entry WHERE request_id = NEW.request_id AND out IS NULL;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER task_confidential AFTER INSERT OR UPDATE OF facts ON task FOR EACH ROW
  WHEN (NEW.facts ->> 'sensitivity' = 'confidential') EXECUTE FUNCTION confidential_teaches_nothing();
--> statement-breakpoint
-- Always: a session that plays replica still meets them.
ALTER TABLE example ENABLE ALWAYS TRIGGER example_with_entry;
--> statement-breakpoint
ALTER TABLE example ENABLE ALWAYS TRIGGER example_history;
--> statement-breakpoint
ALTER TABLE example ENABLE ALWAYS TRIGGER example_kept;
--> statement-breakpoint
ALTER TABLE task ENABLE ALWAYS TRIGGER task_confidential;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE (out, last_entry) ON example TO aios_writer;
--> statement-breakpoint
GRANT SELECT, UPDATE (out, last_entry) ON example TO aios_eraser;
--> statement-breakpoint
-- Nobody but the programs reads it: a reader of one client's record sees its entries, as with bodies.
ALTER TABLE example ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE example FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY example_program ON example TO aios_owner, aios_writer USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY example_seen ON example FOR SELECT TO aios_eraser USING (true);
--> statement-breakpoint
CREATE POLICY example_of_eraser ON example FOR UPDATE TO aios_eraser USING (true) WITH CHECK (true);
--> statement-breakpoint
DROP POLICY entry_of_eraser ON entry;
--> statement-breakpoint
CREATE POLICY entry_of_eraser ON entry FOR INSERT TO aios_eraser WITH CHECK (type IN ('content.erased', 'keys.rotated', 'example.removed'));
--> statement-breakpoint
ALTER TABLE example OWNER TO aios_owner;
