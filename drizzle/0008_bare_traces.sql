-- Words of a request that caused a fact stood in the trace of its task, where erasing did not reach them. From now on they
-- are a body of the task; the row keeps the trace without them. What stands there already loses its words here, for they
-- cannot be encrypted from here: keys are kept outside of the database. No step is made, so the guard of steps rests.
ALTER TABLE task DISABLE TRIGGER task_with_entry;
--> statement-breakpoint
UPDATE task SET trace = jsonb_set(trace, '{facts}', (
  SELECT coalesce(jsonb_object_agg(name, fact - 'because'), '{}') FROM jsonb_each(trace -> 'facts') AS f (name, fact)))
WHERE jsonb_typeof(trace -> 'facts') = 'object';
--> statement-breakpoint
ALTER TABLE task ENABLE ALWAYS TRIGGER task_with_entry;
