ALTER TABLE "attempt" ADD COLUMN "not_before" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "attempt_lane" ON "attempt" USING btree ("lane","ended_at");
--> statement-breakpoint
-- Said once, with the end of the attempt, whose guard it stands under.
GRANT UPDATE (not_before) ON attempt TO aios_writer;
