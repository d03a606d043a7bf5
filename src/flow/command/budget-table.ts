import { listBudgets, raiseByCommand, removeBudget, setBudget } from './budget.ts';
import type { Subcommand } from './subcommand.ts';

/** The rows about budgets of the table of subcommands. */
export const BUDGET_COMMANDS: readonly Subcommand[] = [
  {
    word: 'budget',
    usage: 'budget [list]',
    help: 'the budgets you decide about: what is used, reserved and left',
    who: 'approver',
    does: 'reads',
    run: listBudgets,
  },
  {
    word: 'budget set',
    usage:
      'budget set [client <slug>] [lane <lane>] [request #142] [person <@user>] [month] <amount> [cash|credits|tokens|minutes] [approver <amount>]',
    help: 'cap what calls may come to that fit everything named; `approver`: by how much approvers may raise it in a period',
    who: 'owner',
    does: 'acts',
    run: setBudget,
  },
  {
    word: 'budget raise',
    usage: 'budget raise <number> <amount>',
    help: 'raise a budget for the running month, or for good where it has no months; what was held goes on',
    who: 'approver',
    does: 'acts',
    run: raiseByCommand,
  },
  {
    word: 'budget remove',
    usage: 'budget remove <number>',
    help: 'cap nothing with it any more',
    who: 'owner',
    does: 'acts',
    run: removeBudget,
  },
];
