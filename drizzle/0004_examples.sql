CREATE TABLE "example" (
	"id" uuid PRIMARY KEY NOT NULL,
	"client_id" uuid,
	"kind" text NOT NULL,
	"body_id" uuid NOT NULL,
	"request_id" uuid NOT NULL,
	"task_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL,
	"out" text,
	"last_entry" uuid NOT NULL
);
--> statement-breakpoint
ALTER TABLE "example" ADD CONSTRAINT "example_client_id_client_id_fk" FOREIGN KEY ("client_id") REFERENCES "public"."client"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "example" ADD CONSTRAINT "example_request_id_request_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."request"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "example" ADD CONSTRAINT "example_task_id_task_id_fk" FOREIGN KEY ("task_id") REFERENCES "public"."task"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "example" ADD CONSTRAINT "example_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "example" ADD CONSTRAINT "example_last_entry_entry_entry_id_fk" FOREIGN KEY ("last_entry") REFERENCES "public"."entry"("entry_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "example_client" ON "example" USING btree ("client_id","made_at");--> statement-breakpoint
CREATE INDEX "example_request" ON "example" USING btree ("request_id");