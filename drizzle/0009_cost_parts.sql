ALTER TABLE "attempt" ADD COLUMN "allocated_nano" bigint;--> statement-breakpoint
ALTER TABLE "attempt" ADD COLUMN "list_nano" bigint;--> statement-breakpoint
ALTER TABLE "attempt" ADD COLUMN "played_nano" bigint;--> statement-breakpoint
ALTER TABLE "attempt" ADD COLUMN "credits" bigint;--> statement-breakpoint
GRANT UPDATE (allocated_nano, list_nano, played_nano, credits) ON attempt TO aios_writer;
