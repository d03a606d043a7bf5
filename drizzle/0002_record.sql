CREATE TABLE "attribution" (
	"draft_id" uuid PRIMARY KEY NOT NULL,
	"task_id" uuid NOT NULL,
	"client_id" uuid,
	"sha256" text NOT NULL,
	"content" "bytea" NOT NULL,
	"last_entry" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "checkpoint" (
	"log_id" uuid NOT NULL,
	"size" bigint NOT NULL,
	"note" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "checkpoint_log_id_size_pk" PRIMARY KEY("log_id","size")
);
--> statement-breakpoint
CREATE TABLE "leaf" (
	"log_id" uuid NOT NULL,
	"idx" bigint NOT NULL,
	"entry_id" bigint NOT NULL,
	CONSTRAINT "leaf_log_id_idx_pk" PRIMARY KEY("log_id","idx"),
	CONSTRAINT "leaf_once" UNIQUE("entry_id","log_id")
);
--> statement-breakpoint
CREATE TABLE "log" (
	"id" uuid PRIMARY KEY NOT NULL,
	"client_id" uuid,
	"epoch" integer NOT NULL,
	"origin" text NOT NULL,
	"begun_at" timestamp (3) with time zone NOT NULL,
	"closed_at" timestamp (3) with time zone,
	CONSTRAINT "log_origin_unique" UNIQUE("origin"),
	CONSTRAINT "log_of_client" UNIQUE NULLS NOT DISTINCT("client_id","epoch")
);
--> statement-breakpoint
CREATE TABLE "tree" (
	"log_id" uuid PRIMARY KEY NOT NULL,
	"size" bigint NOT NULL,
	"peaks" "bytea" NOT NULL
);
--> statement-breakpoint
ALTER TABLE "body" ALTER COLUMN "wrapped_key" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "body" ALTER COLUMN "sealed" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "body" ADD COLUMN "made_at" timestamp (3) with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "body" ADD COLUMN "erased_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "client" ADD COLUMN "retention_days" integer DEFAULT 90;--> statement-breakpoint
ALTER TABLE "attribution" ADD CONSTRAINT "attribution_draft_id_draft_id_fk" FOREIGN KEY ("draft_id") REFERENCES "public"."draft"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attribution" ADD CONSTRAINT "attribution_task_id_task_id_fk" FOREIGN KEY ("task_id") REFERENCES "public"."task"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attribution" ADD CONSTRAINT "attribution_client_id_client_id_fk" FOREIGN KEY ("client_id") REFERENCES "public"."client"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attribution" ADD CONSTRAINT "attribution_last_entry_entry_entry_id_fk" FOREIGN KEY ("last_entry") REFERENCES "public"."entry"("entry_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checkpoint" ADD CONSTRAINT "checkpoint_log_id_log_id_fk" FOREIGN KEY ("log_id") REFERENCES "public"."log"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "leaf" ADD CONSTRAINT "leaf_log_id_log_id_fk" FOREIGN KEY ("log_id") REFERENCES "public"."log"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "leaf" ADD CONSTRAINT "leaf_entry_id_entry_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."entry"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tree" ADD CONSTRAINT "tree_log_id_log_id_fk" FOREIGN KEY ("log_id") REFERENCES "public"."log"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "attribution_task" ON "attribution" USING btree ("task_id");--> statement-breakpoint
CREATE INDEX "body_client" ON "body" USING btree ("client_id");--> statement-breakpoint
CREATE INDEX "body_key" ON "body" USING btree ("key_name");