import { z } from 'zod';
import type {
  Click,
  Close,
  OpenDm,
  OpenHome,
  React,
  RunShortcut,
  Say,
  Slash,
  StateValues,
  Submit,
} from './protocol.ts';

const values = z.record(
  z.string(),
  z.record(z.string(), z.looseObject({ type: z.string() })),
) satisfies z.ZodType<StateValues>;
const at = z.union([
  z.object({ view_id: z.string() }),
  z.object({ channel: z.string(), ts: z.string() }),
]);

/** What the page may send, by endpoint. */
export const SHAPES = {
  say: z.object({
    as: z.string(),
    channel: z.string(),
    text: z.string(),
    thread_ts: z.string().exactOptional(),
    files: z.array(z.string()).exactOptional(),
  }) satisfies z.ZodType<Say>,
  click: z.object({
    as: z.string(),
    at,
    block_id: z.string(),
    action_id: z.string(),
    selected_option: z.string().exactOptional(),
    selected_options: z.array(z.string()).exactOptional(),
    selected_user: z.string().exactOptional(),
    selected_conversation: z.string().exactOptional(),
    selected_date: z.string().exactOptional(),
    value: z.string().exactOptional(),
    values: values.exactOptional(),
  }) satisfies z.ZodType<Click>,
  submit: z.object({ as: z.string(), view_id: z.string(), values }) satisfies z.ZodType<Submit>,
  close: z.object({
    as: z.string(),
    view_id: z.string(),
    all: z.boolean().exactOptional(),
  }) satisfies z.ZodType<Close>,
  slash: z.object({
    as: z.string(),
    channel: z.string(),
    command: z.string(),
    text: z.string(),
  }) satisfies z.ZodType<Slash>,
  shortcut: z.object({
    as: z.string(),
    callback_id: z.string(),
    channel: z.string().exactOptional(),
    ts: z.string().exactOptional(),
  }) satisfies z.ZodType<RunShortcut>,
  openDm: z.object({ as: z.string(), with: z.string() }) satisfies z.ZodType<OpenDm>,
  home: z.object({
    as: z.string(),
    tab: z.enum(['home', 'messages']),
  }) satisfies z.ZodType<OpenHome>,
  react: z.object({
    as: z.string(),
    channel: z.string(),
    ts: z.string(),
    name: z.string(),
  }) satisfies z.ZodType<React>,
};
