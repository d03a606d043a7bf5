-- The order of a question's answers may change while it is open, never once it was answered. The entry that says who
-- proposed it is named by the row, as with any change (0001_guards.sql).
CREATE FUNCTION options_while_open() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.options IS DISTINCT FROM OLD.options AND OLD.answered_at IS NOT NULL AND current_user = 'aios_writer' THEN
    RAISE EXCEPTION 'question % was answered: its answers stay as they were offered', NEW.id
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER options_while_open BEFORE UPDATE ON question FOR EACH ROW EXECUTE FUNCTION options_while_open();
--> statement-breakpoint
ALTER TABLE question ENABLE ALWAYS TRIGGER options_while_open;
--> statement-breakpoint
GRANT UPDATE (options) ON question TO aios_writer;
