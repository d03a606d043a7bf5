import { BUDGET_COMMANDS } from './budget-table.ts';
import { bindClient, newClient, setApprover } from './client.ts';
import { adjustCost, correctMinutes, correctReview } from './correct.ts';
import { sayLost } from './lost.ts';
import { cost } from './cost.ts';
import { weekDigest } from './digest.ts';
import { examples, removeByCommand } from './examples.ts';
import { help } from './help.ts';
import { log } from './log.ts';
import { newRequest } from './new.ts';
import { personas } from './personas.ts';
import { rules } from './rules.ts';
import { setOfClient, showClient } from './set.ts';
import { status } from './status.ts';
import { why } from './why.ts';
import type { Subcommand } from './subcommand.ts';

/** Every subcommand: what it is called, who may use it, what it does. A command line reads the same table. */
export const SUBCOMMANDS: readonly Subcommand[] = [
  {
    word: 'help',
    usage: 'help',
    help: 'what can be asked here',
    who: 'anyone',
    does: 'reads',
    run: (world, asked) => help(world, asked.person, SUBCOMMANDS),
  },
  {
    word: 'new',
    usage: 'new <request>',
    help: 'hand over work, in your own words',
    who: 'member',
    does: 'acts',
    run: newRequest,
  },
  {
    word: 'status',
    usage: 'status [#142]',
    help: 'how the lanes are and what is open, or how one request stands',
    who: 'member',
    does: 'reads',
    run: status,
  },
  {
    word: 'why',
    usage: 'why #142[.2]',
    help: 'which written rules led here',
    who: 'member',
    does: 'reads',
    run: why,
  },
  {
    word: 'log',
    usage:
      'log [#142[.2]] [--client|--person|--model|--rule|--type|--lane|--persona|--from|--to <value>] [--latest]',
    help: 'the record, page by page; `log client <slug>`: the latest of a client; `log <place or id>`: one entry in full',
    who: 'member',
    does: 'reads',
    run: log,
  },
  {
    word: 'personas',
    usage: 'personas [editor]',
    help: 'the specialists, or one of them in full: what it takes, what it hands on, its brief',
    who: 'member',
    does: 'reads',
    run: personas,
  },
  {
    word: 'examples',
    usage: 'examples [client]',
    help: 'words kept with the kind a person gave them, of the clients you decide for',
    who: 'approver',
    does: 'reads',
    run: examples,
  },
  {
    word: 'examples remove',
    usage: 'examples remove <id>',
    help: 'erase the words of one example: it teaches nothing any more',
    who: 'approver',
    does: 'acts',
    run: removeByCommand,
  },
  {
    word: 'rules',
    usage: 'rules',
    help: 'which written rules are in force, since when and by whom',
    who: 'member',
    does: 'reads',
    run: rules,
  },
  {
    word: 'cost',
    usage: 'cost [week|#142]',
    help: 'what this week cost by client and lane, or what one request cost',
    who: 'member',
    does: 'reads',
    run: cost,
  },
  {
    word: 'cost adjust',
    usage: 'cost adjust #142.2 <+0.12|-0.12> invoice|credit|mistake|allocation',
    help: 'correct what a task cost, by an entry beside what was booked',
    who: 'approver',
    does: 'acts',
    run: adjustCost,
  },
  {
    word: 'cost lost',
    usage: 'cost lost #142.2 <0.012>',
    help: 'what an invoice says a call came to whose answer was lost or had no price',
    who: 'approver',
    does: 'acts',
    run: sayLost,
  },
  {
    word: 'cost minutes',
    usage: 'cost minutes #142.2 <minutes>',
    help: 'correct how long a task would have taken by hand',
    who: 'approver',
    does: 'acts',
    run: correctMinutes,
  },
  {
    word: 'cost review',
    usage: 'cost review #142.2 <minutes>',
    help: 'correct how long the reviews of a task took',
    who: 'approver',
    does: 'acts',
    run: correctReview,
  },
  ...BUDGET_COMMANDS,
  {
    word: 'client new',
    usage: 'client new <slug> "<Name>"',
    help: 'a new client',
    who: 'owner',
    does: 'acts',
    run: newClient,
  },
  {
    word: 'client bind',
    usage: 'client bind <#channel|this> <slug> [--audience practice|client]',
    help: 'say whose a channel is and who reads it',
    who: 'owner',
    does: 'acts',
    run: bindClient,
  },
  {
    word: 'client show',
    usage: 'client show [slug]',
    help: 'the settings of clients',
    who: 'member',
    does: 'reads',
    run: showClient,
  },
  {
    word: 'client approver',
    usage: 'client approver <slug> <@user> [--remove]',
    help: 'who may decide for a client',
    who: 'owner',
    does: 'acts',
    run: setApprover,
  },
  {
    word: 'client set',
    usage:
      'client set <slug> cloud never|redacted|allowed · client set <slug> term add|remove|list "<words>" · client set <slug> review <#channel|this> · client set <slug> retention <days>|keep · client set <slug> cap <usd>|default',
    help: 'outside models or not; words that are replaced before work leaves; where drafts are shown; how long texts are kept; what a requester starts alone',
    who: 'owner',
    does: 'acts',
    run: setOfClient,
  },
  {
    word: 'digest',
    usage: 'digest [2026-W47]',
    help: 'the figures of a week, the last closed one by default',
    who: 'owner',
    does: 'reads',
    run: weekDigest,
  },
];
