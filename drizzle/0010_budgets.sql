CREATE TABLE "budget" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" integer GENERATED ALWAYS AS IDENTITY (sequence name "budget_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"client_id" uuid,
	"lane" text,
	"request_id" uuid,
	"person_id" uuid,
	"period" text NOT NULL,
	"figure" text NOT NULL,
	"cap" bigint NOT NULL,
	"approver_raise" bigint NOT NULL,
	"removed_at" timestamp (3) with time zone,
	"last_entry" uuid NOT NULL,
	CONSTRAINT "budget_number_unique" UNIQUE("number")
);
--> statement-breakpoint
CREATE TABLE "budget_period" (
	"budget_id" uuid NOT NULL,
	"period" text NOT NULL,
	"raised" bigint DEFAULT 0 NOT NULL,
	"raised_by_approvers" bigint DEFAULT 0 NOT NULL,
	"spent" bigint DEFAULT 0 NOT NULL,
	"reserved" bigint DEFAULT 0 NOT NULL,
	"warned_at" timestamp (3) with time zone,
	"last_entry" uuid,
	CONSTRAINT "budget_period_budget_id_period_pk" PRIMARY KEY("budget_id","period")
);
--> statement-breakpoint
CREATE TABLE "reservation" (
	"attempt_id" uuid NOT NULL,
	"budget_id" uuid NOT NULL,
	"period" text NOT NULL,
	"amount" bigint NOT NULL,
	"settled" bigint,
	"counted" text,
	CONSTRAINT "reservation_attempt_id_budget_id_pk" PRIMARY KEY("attempt_id","budget_id")
);
--> statement-breakpoint
ALTER TABLE "budget" ADD CONSTRAINT "budget_client_id_client_id_fk" FOREIGN KEY ("client_id") REFERENCES "public"."client"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "budget" ADD CONSTRAINT "budget_request_id_request_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."request"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "budget" ADD CONSTRAINT "budget_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "budget" ADD CONSTRAINT "budget_last_entry_entry_entry_id_fk" FOREIGN KEY ("last_entry") REFERENCES "public"."entry"("entry_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "budget_period" ADD CONSTRAINT "budget_period_budget_id_budget_id_fk" FOREIGN KEY ("budget_id") REFERENCES "public"."budget"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "budget_period" ADD CONSTRAINT "budget_period_last_entry_entry_entry_id_fk" FOREIGN KEY ("last_entry") REFERENCES "public"."entry"("entry_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reservation" ADD CONSTRAINT "reservation_attempt_id_attempt_id_fk" FOREIGN KEY ("attempt_id") REFERENCES "public"."attempt"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "reservation_budget" ON "reservation" USING btree ("budget_id","period");--> statement-breakpoint
CREATE INDEX "reservation_open" ON "reservation" USING btree ("attempt_id") WHERE settled is null;
--> statement-breakpoint
ALTER TABLE budget ADD CONSTRAINT budget_words CHECK (
  period IN ('month', 'ever') AND figure IN ('cash', 'credits', 'tokens', 'minutes')
  AND (lane IS NULL OR lane IN ('tool', 'local', 'seat', 'senior'))
  AND (client_id IS NOT NULL OR lane IS NOT NULL OR request_id IS NOT NULL OR person_id IS NOT NULL OR period = 'month'));
--> statement-breakpoint
ALTER TABLE budget ADD CONSTRAINT budget_amounts CHECK (cap >= 0 AND approver_raise >= 0);
--> statement-breakpoint
-- Of the same things, in the same period and figure, there is one budget in force.
CREATE UNIQUE INDEX budget_once ON budget (client_id, lane, request_id, person_id, period, figure) NULLS NOT DISTINCT WHERE removed_at IS NULL;
--> statement-breakpoint
ALTER TABLE budget_period ADD CONSTRAINT budget_period_amounts CHECK (
  raised >= 0 AND raised_by_approvers BETWEEN 0 AND raised AND spent >= 0 AND reserved >= 0
  AND (period = 'ever' OR period ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'));
--> statement-breakpoint
ALTER TABLE reservation ADD CONSTRAINT reservation_of_budget FOREIGN KEY (budget_id, period) REFERENCES budget_period (budget_id, period);
--> statement-breakpoint
ALTER TABLE reservation ADD CONSTRAINT reservation_amounts CHECK (
  amount > 0 AND settled >= 0 AND (settled IS NULL) = (counted IS NULL)
  AND counted IN ('booked', 'free', 'lost', 'unpriced') AND (counted NOT IN ('lost', 'unpriced') OR settled = amount));
--> statement-breakpoint
-- What a budget is about stays; every change of it is by the person its entry names. Functions look into pg_temp last, as
-- in 0001_guards.sql.
CREATE FUNCTION budget_with_entry() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE e entry;
BEGIN
  IF TG_OP = 'DELETE' OR TG_OP = 'UPDATE' AND (OLD.removed_at IS NOT NULL OR
    (OLD.id, OLD.number, OLD.client_id, OLD.lane, OLD.request_id, OLD.person_id, OLD.period, OLD.figure) IS DISTINCT FROM
    (NEW.id, NEW.number, NEW.client_id, NEW.lane, NEW.request_id, NEW.person_id, NEW.period, NEW.figure)) THEN
    RAISE EXCEPTION 'budget % stays what it is about until it is removed for good', OLD.id USING ERRCODE = 'insufficient_privilege';
  END IF;
  e := fresh_entry(NEW.last_entry);
  IF e.type IS DISTINCT FROM (CASE WHEN NEW.removed_at IS NULL THEN 'budget.set' ELSE 'budget.removed' END) OR e.actor_kind <> 'person'
    OR convert_from(e.body, 'UTF8')::jsonb #>> '{data,budget}' IS DISTINCT FROM NEW.id::text THEN
    RAISE EXCEPTION 'budget % needs a new entry that says who set it', NEW.id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER budget_history BEFORE INSERT OR UPDATE OR DELETE ON budget FOR EACH ROW EXECUTE FUNCTION budget_with_entry();
--> statement-breakpoint
CREATE TRIGGER budget_kept BEFORE TRUNCATE ON budget FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- A limit is raised, and its warning noted, with an entry that says so; approvers raise it by no more than was set for them.
CREATE FUNCTION budget_raised_with_entry() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE e entry;
BEGIN
  IF TG_OP = 'DELETE' OR TG_OP = 'UPDATE' AND ((OLD.budget_id, OLD.period) IS DISTINCT FROM (NEW.budget_id, NEW.period)
    OR NEW.raised < OLD.raised OR NEW.raised_by_approvers < OLD.raised_by_approvers OR OLD.warned_at IS DISTINCT FROM NEW.warned_at
      AND OLD.warned_at IS NOT NULL) THEN
    RAISE EXCEPTION 'period % of budget % stays: its limit only rises', OLD.period, OLD.budget_id USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF TG_OP = 'INSERT' AND (NEW.spent, NEW.reserved) <> (0, 0) THEN
    RAISE EXCEPTION 'a period begins with nothing spent' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP = 'INSERT' AND NEW.raised = 0 AND NEW.warned_at IS NULL OR TG_OP = 'UPDATE' AND (OLD.raised, OLD.raised_by_approvers, OLD.warned_at)
    IS NOT DISTINCT FROM (NEW.raised, NEW.raised_by_approvers, NEW.warned_at) THEN
    RETURN NEW;
  END IF;
  e := fresh_entry(NEW.last_entry);
  IF e.type NOT IN ('budget.raised', 'budget.warned') OR e.type IS NULL
    OR convert_from(e.body, 'UTF8')::jsonb #>> '{data,budget}' IS DISTINCT FROM NEW.budget_id::text THEN
    RAISE EXCEPTION 'period % of budget % needs a new entry that says so', NEW.period, NEW.budget_id
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF (TG_OP = 'INSERT' OR NEW.raised_by_approvers > OLD.raised_by_approvers) AND NEW.raised_by_approvers >
    (SELECT approver_raise FROM budget WHERE id = NEW.budget_id) THEN
    RAISE EXCEPTION 'approvers may not raise budget % by that much', NEW.budget_id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER budget_period_history BEFORE INSERT OR UPDATE OR DELETE ON budget_period FOR EACH ROW EXECUTE FUNCTION budget_raised_with_entry();
--> statement-breakpoint
CREATE TRIGGER budget_period_kept BEFORE TRUNCATE ON budget_period FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- A reservation is of an attempt that is open, and is settled once, when that attempt has ended.
CREATE FUNCTION reservation_of_attempt() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE ended boolean;
BEGIN
  IF TG_OP = 'DELETE' OR TG_OP = 'UPDATE' AND (OLD.settled IS NOT NULL OR NEW.settled IS NULL OR
    (OLD.attempt_id, OLD.budget_id, OLD.period, OLD.amount) IS DISTINCT FROM (NEW.attempt_id, NEW.budget_id, NEW.period, NEW.amount)) THEN
    RAISE EXCEPTION 'the reservation of attempt % stays until it is settled once', OLD.attempt_id USING ERRCODE = 'insufficient_privilege';
  END IF;
  SELECT ended_at IS NOT NULL INTO ended FROM attempt WHERE id = NEW.attempt_id;
  IF ended IS DISTINCT FROM (TG_OP = 'UPDATE') OR (TG_OP = 'INSERT' AND NEW.settled IS NOT NULL) THEN
    RAISE EXCEPTION 'attempt % is reserved for while it is open and settled when it has ended', NEW.attempt_id
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER reservation_history BEFORE INSERT OR UPDATE OR DELETE ON reservation FOR EACH ROW EXECUTE FUNCTION reservation_of_attempt();
--> statement-breakpoint
CREATE TRIGGER reservation_kept BEFORE TRUNCATE ON reservation FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- The sums are counted here and nowhere else, as the owner, so that the program needs no right to them; what does not fit
-- the limit is refused whatever the program thinks.
CREATE FUNCTION reservation_counted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    UPDATE budget_period SET reserved = reserved - NEW.amount, spent = spent + NEW.settled
      WHERE budget_id = NEW.budget_id AND period = NEW.period;
    RETURN NULL;
  END IF;
  UPDATE budget_period p SET reserved = p.reserved + NEW.amount FROM budget b
    WHERE p.budget_id = NEW.budget_id AND p.period = NEW.period AND b.id = p.budget_id AND b.removed_at IS NULL
      AND p.spent + p.reserved + NEW.amount <= b.cap + p.raised;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'budget % has no room for attempt %', NEW.budget_id, NEW.attempt_id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER reservation_counts AFTER INSERT OR UPDATE ON reservation FOR EACH ROW EXECUTE FUNCTION reservation_counted();
--> statement-breakpoint
-- Always: a session that plays replica still meets them.
DO $$
DECLARE t record;
BEGIN
  FOR t IN SELECT c.relname AS tab, g.tgname AS trig FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid
    WHERE NOT g.tgisinternal AND c.relname IN ('budget', 'budget_period', 'reservation') LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', t.tab, t.trig);
  END LOOP;
END $$;
--> statement-breakpoint
GRANT SELECT, INSERT (id, client_id, lane, request_id, person_id, period, figure, cap, approver_raise, removed_at, last_entry),
  UPDATE (cap, approver_raise, removed_at, last_entry) ON budget TO aios_writer;
--> statement-breakpoint
GRANT SELECT, INSERT (budget_id, period, raised, raised_by_approvers, warned_at, last_entry),
  UPDATE (raised, raised_by_approvers, warned_at, last_entry) ON budget_period TO aios_writer;
--> statement-breakpoint
GRANT SELECT, INSERT (attempt_id, budget_id, period, amount), UPDATE (settled, counted) ON reservation TO aios_writer;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION reservation_counted() FROM PUBLIC;
--> statement-breakpoint
-- Nobody but the programs reads them: a reader of one client's record sees its entries, as with bodies.
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['budget', 'budget_period', 'reservation'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY %I ON %I TO aios_owner, aios_writer USING (true) WITH CHECK (true)', t || '_program', t);
    EXECUTE format('ALTER TABLE %I OWNER TO aios_owner', t);
  END LOOP;
END $$;
--> statement-breakpoint
ALTER FUNCTION reservation_counted() OWNER TO aios_owner;
