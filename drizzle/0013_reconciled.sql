-- A call whose price nobody knew counts at its worst until somebody says what an invoice shows; that is said once.
ALTER TABLE reservation DROP CONSTRAINT reservation_amounts;
--> statement-breakpoint
ALTER TABLE reservation ADD CONSTRAINT reservation_amounts CHECK (
  amount > 0 AND settled >= 0 AND (settled IS NULL) = (counted IS NULL)
  AND counted IN ('booked', 'free', 'lost', 'unpriced', 'reconciled') AND (counted NOT IN ('lost', 'unpriced') OR settled = amount));
--> statement-breakpoint
CREATE OR REPLACE FUNCTION reservation_of_attempt() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE ended boolean;
BEGIN
  IF TG_OP = 'DELETE' OR TG_OP = 'UPDATE' AND (NEW.settled IS NULL
    OR OLD.settled IS NOT NULL AND (OLD.counted NOT IN ('lost', 'unpriced') OR NEW.counted <> 'reconciled')
    OR OLD.settled IS NULL AND NEW.counted = 'reconciled'
    OR (OLD.attempt_id, OLD.budget_id, OLD.period, OLD.amount) IS DISTINCT FROM (NEW.attempt_id, NEW.budget_id, NEW.period, NEW.amount)) THEN
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
CREATE OR REPLACE FUNCTION reservation_counted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    UPDATE budget_period SET reserved = reserved - (CASE WHEN OLD.settled IS NULL THEN NEW.amount ELSE 0 END),
        spent = spent + NEW.settled - coalesce(OLD.settled, 0)
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
