import { BUDGETS } from './checks-budgets.ts';
import { DATABASE } from './checks-database.ts';
import { ERASED } from './checks-keys.ts';
import { LEDGER } from './checks-ledger.ts';
import { MACHINE } from './checks-machine.ts';
import { PRICES } from './checks-prices.ts';
import { REPLAY } from './checks-replay.ts';
import { RULES } from './checks-rules.ts';
import { WORK } from './checks-work.ts';
import type { Check } from './check.ts';

/** Everything doctor looks at, in the order it prints. A new part of AIOS adds its row here. */
export const CHECKS: readonly Check[] = [
  ...MACHINE,
  ...DATABASE,
  ...LEDGER,
  ...ERASED,
  ...RULES,
  ...PRICES,
  ...REPLAY,
  ...WORK,
  ...BUDGETS,
];
