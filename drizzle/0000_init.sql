CREATE SEQUENCE "public"."request_number" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "card" (
	"id" uuid PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"kind" text NOT NULL,
	"request_id" uuid,
	"task_id" uuid,
	"question_id" uuid,
	"draft_id" uuid,
	"place" jsonb NOT NULL,
	"note" jsonb,
	"wanted" integer NOT NULL,
	"shown" integer NOT NULL,
	"trying" boolean DEFAULT false NOT NULL,
	"channel" text,
	"ts" text,
	"posted_at" timestamp (3) with time zone,
	"read_at" timestamp (3) with time zone,
	CONSTRAINT "card_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "digest_post" (
	"week" text NOT NULL,
	"channel" text NOT NULL,
	"card_id" uuid NOT NULL,
	"last_entry" uuid NOT NULL,
	CONSTRAINT "digest_post_week_channel_pk" PRIMARY KEY("week","channel")
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "outbox_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"job_id" text NOT NULL,
	"queue" text NOT NULL,
	"name" text NOT NULL,
	"subject" text NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"sent_at" timestamp (3) with time zone,
	"done_at" timestamp (3) with time zone,
	CONSTRAINT "outbox_job_id_unique" UNIQUE("job_id")
);
--> statement-breakpoint
CREATE TABLE "question" (
	"id" uuid PRIMARY KEY NOT NULL,
	"request_id" uuid NOT NULL,
	"task_id" uuid,
	"about" text NOT NULL,
	"options" jsonb NOT NULL,
	"text_body" uuid,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"answered_at" timestamp (3) with time zone,
	"answer" text,
	"answer_body" uuid,
	"answered_by" uuid,
	"last_entry" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "body" (
	"id" uuid PRIMARY KEY NOT NULL,
	"client_id" uuid,
	"kind" text NOT NULL,
	"key_name" text NOT NULL,
	"wrapped_key" "bytea" NOT NULL,
	"sealed" "bytea" NOT NULL,
	"digest" text NOT NULL,
	"size" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "entry" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "entry_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"entry_id" uuid NOT NULL,
	"type" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"client_id" uuid,
	"request_id" uuid,
	"task_id" uuid,
	"attempt_id" uuid,
	"actor_kind" text NOT NULL,
	"actor_id" text NOT NULL,
	"lane" text,
	"model" text,
	"persona" text,
	"rule" text,
	"from_state" text,
	"to_state" text,
	"draft_sha256" text,
	"cost_nano" bigint,
	"minutes" integer,
	"body" "bytea" NOT NULL,
	"leaf" "bytea" GENERATED ALWAYS AS (sha256('\x00'::bytea || body)) STORED,
	CONSTRAINT "entry_entry_id_unique" UNIQUE("entry_id")
);
--> statement-breakpoint
CREATE TABLE "ledger_pending" (
	"id" bigint PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lore" (
	"sha256" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"text" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "inbox" (
	"event_id" text PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "request" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" integer DEFAULT nextval('request_number') NOT NULL,
	"client_id" uuid,
	"person_id" uuid NOT NULL,
	"team" text NOT NULL,
	"channel" text NOT NULL,
	"thread" text NOT NULL,
	"ts" text NOT NULL,
	"door" text NOT NULL,
	"body_id" uuid NOT NULL,
	"step" text NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"last_entry" uuid NOT NULL,
	CONSTRAINT "request_number_unique" UNIQUE("number"),
	CONSTRAINT "request_source" UNIQUE("team","channel","ts","person_id")
);
--> statement-breakpoint
CREATE TABLE "approver" (
	"id" uuid PRIMARY KEY NOT NULL,
	"client_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"until" timestamp (3) with time zone,
	"last_entry" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "channel" (
	"id" uuid NOT NULL,
	"team" text NOT NULL,
	"channel" text NOT NULL,
	"client_id" uuid,
	"audience" text NOT NULL,
	"last_entry" uuid NOT NULL,
	CONSTRAINT "channel_team_channel_pk" PRIMARY KEY("team","channel"),
	CONSTRAINT "channel_id_unique" UNIQUE("id")
);
--> statement-breakpoint
CREATE TABLE "client" (
	"id" uuid PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"cloud" text NOT NULL,
	"review_channel" text,
	"last_entry" uuid NOT NULL,
	CONSTRAINT "client_slug_unique" UNIQUE("slug")
);
--> statement-breakpoint
CREATE TABLE "person" (
	"id" uuid PRIMARY KEY NOT NULL,
	"team" text NOT NULL,
	"slack_user" text NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"last_entry" uuid NOT NULL,
	CONSTRAINT "person_slack" UNIQUE("team","slack_user")
);
--> statement-breakpoint
CREATE TABLE "practice" (
	"id" uuid PRIMARY KEY NOT NULL,
	"origin" text NOT NULL,
	"rehearsal" boolean NOT NULL,
	"policy_sha256" text NOT NULL,
	"last_entry" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "attempt" (
	"id" uuid PRIMARY KEY NOT NULL,
	"task_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"lane" text NOT NULL,
	"persona" text NOT NULL,
	"persona_hash" text NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"outcome" text,
	"model" text,
	"usage" jsonb,
	"cost_nano" bigint,
	"cost_basis" text,
	"prompt_body" uuid,
	"answer_body" uuid,
	"rehearsal" boolean NOT NULL,
	"started_entry" uuid NOT NULL,
	"ended_entry" uuid
);
--> statement-breakpoint
CREATE TABLE "decision" (
	"id" uuid PRIMARY KEY NOT NULL,
	"task_id" uuid NOT NULL,
	"draft_sha256" text NOT NULL,
	"verb" text NOT NULL,
	"person_id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"shown_at" timestamp (3) with time zone,
	"read_at" timestamp (3) with time zone,
	"reason_body" uuid,
	"voided_at" timestamp (3) with time zone,
	"last_entry" uuid NOT NULL,
	CONSTRAINT "decision_bound" UNIQUE("id","task_id","draft_sha256","verb","person_id")
);
--> statement-breakpoint
CREATE TABLE "delivery" (
	"task_id" uuid PRIMARY KEY NOT NULL,
	"decision_id" uuid NOT NULL,
	"draft_sha256" text NOT NULL,
	"verb" text NOT NULL,
	"person_id" uuid NOT NULL,
	"disclosure_entry" uuid NOT NULL,
	"channel" text NOT NULL,
	"ts" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"last_entry" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "draft" (
	"id" uuid PRIMARY KEY NOT NULL,
	"task_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"sha256" text NOT NULL,
	"attempt_id" uuid,
	"person_id" uuid,
	"files" jsonb NOT NULL,
	"note_body" uuid,
	"made_at" timestamp (3) with time zone NOT NULL,
	"last_entry" uuid NOT NULL,
	CONSTRAINT "draft_version" UNIQUE("task_id","version")
);
--> statement-breakpoint
CREATE TABLE "review" (
	"id" uuid PRIMARY KEY NOT NULL,
	"draft_id" uuid NOT NULL,
	"gate" text NOT NULL,
	"outcome" text NOT NULL,
	"round" integer NOT NULL,
	"report_body" uuid NOT NULL,
	"fingerprints" jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"last_entry" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "task" (
	"id" uuid PRIMARY KEY NOT NULL,
	"request_id" uuid NOT NULL,
	"ordinal" integer NOT NULL,
	"client_id" uuid,
	"state" text NOT NULL,
	"return_to" text,
	"version" integer NOT NULL,
	"kind" text NOT NULL,
	"persona" text NOT NULL,
	"lane" text NOT NULL,
	"gate" text NOT NULL,
	"rule" text NOT NULL,
	"facts" jsonb NOT NULL,
	"trace" jsonb NOT NULL,
	"body_id" uuid NOT NULL,
	"round" integer NOT NULL,
	"declines" integer NOT NULL,
	"attempts" integer NOT NULL,
	"draft_id" uuid,
	"minutes" integer NOT NULL,
	"cost_nano" bigint NOT NULL,
	"waits_for" text,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"last_entry" uuid NOT NULL,
	CONSTRAINT "task_ordinal" UNIQUE("request_id","ordinal")
);
--> statement-breakpoint
ALTER TABLE "card" ADD CONSTRAINT "card_request_id_request_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."request"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "card" ADD CONSTRAINT "card_task_id_task_id_fk" FOREIGN KEY ("task_id") REFERENCES "public"."task"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "card" ADD CONSTRAINT "card_question_id_question_id_fk" FOREIGN KEY ("question_id") REFERENCES "public"."question"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "card" ADD CONSTRAINT "card_draft_id_draft_id_fk" FOREIGN KEY ("draft_id") REFERENCES "public"."draft"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "digest_post" ADD CONSTRAINT "digest_post_last_entry_entry_entry_id_fk" FOREIGN KEY ("last_entry") REFERENCES "public"."entry"("entry_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "question" ADD CONSTRAINT "question_request_id_request_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."request"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "question" ADD CONSTRAINT "question_task_id_task_id_fk" FOREIGN KEY ("task_id") REFERENCES "public"."task"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "question" ADD CONSTRAINT "question_answered_by_person_id_fk" FOREIGN KEY ("answered_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "question" ADD CONSTRAINT "question_last_entry_entry_entry_id_fk" FOREIGN KEY ("last_entry") REFERENCES "public"."entry"("entry_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request" ADD CONSTRAINT "request_client_id_client_id_fk" FOREIGN KEY ("client_id") REFERENCES "public"."client"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request" ADD CONSTRAINT "request_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request" ADD CONSTRAINT "request_last_entry_entry_entry_id_fk" FOREIGN KEY ("last_entry") REFERENCES "public"."entry"("entry_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approver" ADD CONSTRAINT "approver_client_id_client_id_fk" FOREIGN KEY ("client_id") REFERENCES "public"."client"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approver" ADD CONSTRAINT "approver_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approver" ADD CONSTRAINT "approver_last_entry_entry_entry_id_fk" FOREIGN KEY ("last_entry") REFERENCES "public"."entry"("entry_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channel" ADD CONSTRAINT "channel_client_id_client_id_fk" FOREIGN KEY ("client_id") REFERENCES "public"."client"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channel" ADD CONSTRAINT "channel_last_entry_entry_entry_id_fk" FOREIGN KEY ("last_entry") REFERENCES "public"."entry"("entry_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "client" ADD CONSTRAINT "client_last_entry_entry_entry_id_fk" FOREIGN KEY ("last_entry") REFERENCES "public"."entry"("entry_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person" ADD CONSTRAINT "person_last_entry_entry_entry_id_fk" FOREIGN KEY ("last_entry") REFERENCES "public"."entry"("entry_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "practice" ADD CONSTRAINT "practice_last_entry_entry_entry_id_fk" FOREIGN KEY ("last_entry") REFERENCES "public"."entry"("entry_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_task_id_task_id_fk" FOREIGN KEY ("task_id") REFERENCES "public"."task"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_started_entry_entry_entry_id_fk" FOREIGN KEY ("started_entry") REFERENCES "public"."entry"("entry_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_ended_entry_entry_entry_id_fk" FOREIGN KEY ("ended_entry") REFERENCES "public"."entry"("entry_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decision" ADD CONSTRAINT "decision_task_id_task_id_fk" FOREIGN KEY ("task_id") REFERENCES "public"."task"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decision" ADD CONSTRAINT "decision_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decision" ADD CONSTRAINT "decision_last_entry_entry_entry_id_fk" FOREIGN KEY ("last_entry") REFERENCES "public"."entry"("entry_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_task_id_task_id_fk" FOREIGN KEY ("task_id") REFERENCES "public"."task"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_disclosure_entry_entry_entry_id_fk" FOREIGN KEY ("disclosure_entry") REFERENCES "public"."entry"("entry_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_last_entry_entry_entry_id_fk" FOREIGN KEY ("last_entry") REFERENCES "public"."entry"("entry_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_of_an_approval" FOREIGN KEY ("decision_id","task_id","draft_sha256","verb","person_id") REFERENCES "public"."decision"("id","task_id","draft_sha256","verb","person_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft" ADD CONSTRAINT "draft_task_id_task_id_fk" FOREIGN KEY ("task_id") REFERENCES "public"."task"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft" ADD CONSTRAINT "draft_attempt_id_attempt_id_fk" FOREIGN KEY ("attempt_id") REFERENCES "public"."attempt"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft" ADD CONSTRAINT "draft_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft" ADD CONSTRAINT "draft_last_entry_entry_entry_id_fk" FOREIGN KEY ("last_entry") REFERENCES "public"."entry"("entry_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review" ADD CONSTRAINT "review_draft_id_draft_id_fk" FOREIGN KEY ("draft_id") REFERENCES "public"."draft"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review" ADD CONSTRAINT "review_last_entry_entry_entry_id_fk" FOREIGN KEY ("last_entry") REFERENCES "public"."entry"("entry_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task" ADD CONSTRAINT "task_request_id_request_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."request"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task" ADD CONSTRAINT "task_client_id_client_id_fk" FOREIGN KEY ("client_id") REFERENCES "public"."client"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task" ADD CONSTRAINT "task_last_entry_entry_entry_id_fk" FOREIGN KEY ("last_entry") REFERENCES "public"."entry"("entry_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "card_task" ON "card" USING btree ("task_id");--> statement-breakpoint
CREATE INDEX "card_request" ON "card" USING btree ("request_id");--> statement-breakpoint
CREATE INDEX "card_message" ON "card" USING btree ("channel","ts");--> statement-breakpoint
CREATE INDEX "outbox_open" ON "outbox" USING btree ("due_at") WHERE sent_at is null;--> statement-breakpoint
CREATE INDEX "question_request" ON "question" USING btree ("request_id");--> statement-breakpoint
CREATE INDEX "entry_task" ON "entry" USING btree ("task_id","id");--> statement-breakpoint
CREATE INDEX "entry_request" ON "entry" USING btree ("request_id","id");--> statement-breakpoint
CREATE INDEX "entry_client" ON "entry" USING btree ("client_id","id");--> statement-breakpoint
CREATE INDEX "entry_at" ON "entry" USING btree ("at");--> statement-breakpoint
CREATE INDEX "request_thread" ON "request" USING btree ("team","channel","thread");--> statement-breakpoint
CREATE INDEX "approver_client" ON "approver" USING btree ("client_id","person_id");--> statement-breakpoint
CREATE INDEX "attempt_task" ON "attempt" USING btree ("task_id","started_at");--> statement-breakpoint
CREATE UNIQUE INDEX "task_last_entry" ON "task" USING btree ("last_entry") WHERE last_entry is not null;--> statement-breakpoint
CREATE INDEX "task_state" ON "task" USING btree ("state","changed_at");