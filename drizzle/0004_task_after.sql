ALTER TABLE "client" ADD COLUMN "requester_cap_nano" bigint;--> statement-breakpoint
ALTER TABLE "task" ADD COLUMN "after_task" uuid;--> statement-breakpoint
ALTER TABLE "task" ADD CONSTRAINT "task_after_task_task_id_fk" FOREIGN KEY ("after_task") REFERENCES "public"."task"("id") ON DELETE no action ON UPDATE no action;