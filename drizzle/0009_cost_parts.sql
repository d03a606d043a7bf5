ALTER TABLE "attempt" ADD COLUMN "allocated_nano" bigint;--> statement-breakpoint
ALTER TABLE "attempt" ADD COLUMN "list_nano" bigint;--> statement-breakpoint
ALTER TABLE "attempt" ADD COLUMN "played_nano" bigint;--> statement-breakpoint
ALTER TABLE "attempt" ADD COLUMN "credits" bigint;