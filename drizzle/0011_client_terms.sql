-- The words a client listed for redaction are a body of that client, encrypted and erased with it; the row names it.
ALTER TABLE "client" ADD COLUMN "terms_body" uuid;--> statement-breakpoint
GRANT UPDATE (terms_body) ON client TO aios_writer;
