import type { ByHand } from '../../core/minutes.ts';
import type { RuleRef } from '../../core/rule.ts';
import type { ReviewSum } from '../../ledger/sum-types.ts';
import type { CardId, QuestionOption } from './rows-cards.ts';
import type { ExampleForm } from './rows-examples.ts';

/** Options under a heading. */
export type OptionGroup = { readonly label: string; readonly options: readonly QuestionOption[] };

/** A modal to fill in; it carries the card's id and nothing else. */
export type Form =
  | {
      readonly is: 'send_back';
      readonly card: CardId;
      readonly number: string;
      readonly findings: readonly string[];
    }
  | { readonly is: 'reject'; readonly card: CardId; readonly number: string }
  | {
      readonly is: 'approve';
      readonly card: CardId;
      readonly number: string;
      readonly title: string;
      readonly draftVersion: number;
      readonly draftSha256: string;
      /** The checklist by its reference, which names the field: what is ticked counts for these words alone. */
      readonly rule: RuleRef;
      readonly because: string;
      readonly means: string;
      readonly points: readonly QuestionOption[];
    }
  | {
      readonly is: 'change';
      readonly card: CardId;
      readonly number: string;
      readonly pieces: readonly QuestionOption[];
      readonly lanes: readonly QuestionOption[];
      readonly personas: readonly OptionGroup[];
      readonly kinds: readonly OptionGroup[];
      /** When it starts: at once, or after which piece. */
      readonly orders: readonly QuestionOption[];
    }
  | {
      readonly is: 'pieces';
      readonly card: CardId;
      readonly number: string;
      /** Texts to edit, with a line of dashes between two pieces; together they hold all pieces that can be edited. */
      readonly fields: readonly {
        readonly name: string;
        readonly label: string;
        readonly text: string;
      }[];
      /** Names of the files that came with the pieces. */
      readonly files: readonly string[];
      readonly context: readonly string[];
      /** Numbers of the pieces that stay as they are, and why. */
      readonly fixed: readonly string[];
    }
  | ExampleForm
  | {
      readonly is: 'minutes';
      readonly card: CardId;
      readonly number: string;
      readonly title: string;
      /** What is on record now. */
      readonly said: ByHand;
      readonly review: ReviewSum | null;
    }
  | {
      readonly is: 'read';
      readonly number: string;
      /** What a reviewer's checklist came to, as a sentence, and each answer that stands with its quotation. */
      readonly checks: { readonly says: string; readonly lines: readonly string[] } | null;
      readonly files: readonly {
        readonly name: string;
        readonly text: string | null;
        readonly size: number;
      }[];
    };
