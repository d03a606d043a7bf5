import type { ConfirmationDialog } from '@slack/types';
import { confirmed } from './confirm.ts';
import type { Choice, Held, Scene } from './scene.ts';

/** Where one element sits: its surface, its block, and how it is named there. */
export interface Slot {
  readonly scene: Scene;
  readonly block_id: string;
  /** Elements of a form wait for its submission; elsewhere they act at once. */
  readonly form: boolean;
  /** In a form: id of the visible label and of the texts that describe the field. */
  readonly labelledBy?: string;
  readonly describedBy?: string;
  readonly required?: boolean;
}

interface Actor {
  readonly action_id?: string;
  readonly confirm?: ConfirmationDialog;
}

/** The id of an element for the page. */
export function elementId(slot: Slot, element: Actor): string {
  return `${slot.scene.key}-${slot.block_id}-${element.action_id ?? 'element'}`.replace(/\s/g, '_');
}

/** What the person had chosen here before, if this surface was drawn before. */
export function heldBefore(slot: Slot, element: Actor): Held | undefined {
  return slot.scene.held[slot.block_id]?.[element.action_id ?? ''];
}

type Chosen = Omit<Choice, 'block_id' | 'action_id'>;

/** Sends the choice, after the element's own question where it has one. False when the person said no. */
export async function choose(slot: Slot, element: Actor, chosen: Chosen): Promise<boolean> {
  const { scene, block_id } = slot;
  if (element.confirm && !(await confirmed(scene.directory, element.confirm))) return false;
  await scene.act({ block_id, action_id: element.action_id ?? '', ...chosen });
  return true;
}

/** Makes the element one of the surface's inputs. */
export function enlist(
  slot: Slot,
  element: Actor,
  field: { focus: HTMLElement; read: () => Held },
): void {
  slot.scene.fields.push({ block_id: slot.block_id, action_id: element.action_id ?? '', ...field });
}

/** Attributes that name and describe an input. */
export function naming(slot: Slot, fallback: string): Record<string, string | boolean | undefined> {
  const wrong = slot.scene.errors[slot.block_id] !== undefined && slot.form;
  return {
    ...(slot.labelledBy === undefined
      ? { 'aria-label': fallback }
      : { 'aria-labelledby': slot.labelledBy }),
    'aria-describedby': slot.describedBy,
    'aria-invalid': wrong ? 'true' : undefined,
    'aria-required': slot.required === true ? 'true' : undefined,
  };
}
