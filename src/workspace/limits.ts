/**
 * Every limit the workspace enforces, in one place. Each is a row `limit.<name>` in fixtures/slack/contract.yaml with
 * its source; a test holds the two together.
 */
export const LIMITS = {
  messageBlocks: 50,
  viewBlocks: 100,
  sectionText: 3000,
  sectionFields: 10,
  sectionFieldText: 2000,
  headerText: 150,
  markdownTotal: 12_000,
  contextElements: 10,
  actionsElements: 25,
  buttonText: 75,
  buttonValue: 2000,
  buttonUrl: 3000,
  accessibilityLabel: 75,
  actionId: 255,
  blockId: 255,
  optionText: 75,
  optionDescription: 75,
  optionValue: 150,
  selectOptions: 100,
  overflowOptions: 5,
  radioOptions: 10,
  inputLabel: 2000,
  inputHint: 2000,
  placeholder: 150,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  imageAlt: 2000,
  tableRows: 100,
  tableColumns: 20,
  viewTitle: 24,
  viewSubmit: 24,
  viewClose: 24,
  privateMetadata: 3000,
  callbackId: 255,
  viewStack: 3,
  viewBytes: 250_000,
  postText: 40_000,
  updateText: 4000,
  responseUrlUses: 5,
  responseUrlMs: 30 * 60_000,
  triggerMs: 3000,
  ackMs: 3000,
  sockets: 10,
  suggestedPrompts: 4,
} as const satisfies Readonly<Record<string, number>>;

/** When an event that was not acknowledged is sent again: nearly at once, after one minute, after five. */
export const RETRY_DELAYS_MS: readonly number[] = [0, 60_000, 300_000];

/** The workspace's own cap on one upload (Slack's is 1 GB): the bytes go through memory. */
export const UPLOAD_BYTES = 100_000_000;
/** The workspace's own cap on one JSON body. */
export const BODY_BYTES = 8_000_000;
