ALTER TABLE "client" ADD COLUMN "requester_cap_nano" bigint;--> statement-breakpoint
ALTER TABLE "task" ADD COLUMN "after" uuid;--> statement-breakpoint
ALTER TABLE "task" ADD CONSTRAINT "task_after_task_id_fk" FOREIGN KEY ("after") REFERENCES "public"."task"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE task ADD CONSTRAINT task_after_another CHECK ("after" <> id);
--> statement-breakpoint
ALTER TABLE client ADD CONSTRAINT client_requester_cap CHECK (requester_cap_nano >= 0);
--> statement-breakpoint
-- What a plan card says beside its tasks changes when a person rearranges them; a note of any other card stays.
CREATE FUNCTION note_of_plan() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'the note of card % stays: only that of a plan is rearranged', NEW.id
    USING ERRCODE = 'integrity_constraint_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER card_note BEFORE UPDATE OF note ON card FOR EACH ROW
  WHEN (OLD.kind <> 'plan' AND OLD.note IS DISTINCT FROM NEW.note) EXECUTE FUNCTION note_of_plan();
--> statement-breakpoint
ALTER TABLE card ENABLE ALWAYS TRIGGER card_note;
--> statement-breakpoint
GRANT UPDATE (note) ON card TO aios_writer;
--> statement-breakpoint
GRANT UPDATE ("after") ON task TO aios_writer;
--> statement-breakpoint
GRANT UPDATE (requester_cap_nano) ON client TO aios_writer;
