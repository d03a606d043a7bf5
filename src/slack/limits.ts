/**
 * Slack's limits on what we send, from docs.slack.dev/reference/block-kit and /messaging. Texts are counted after
 * escaping, which is the stricter reading.
 */
export const LIMITS = {
  messageBlocks: 50,
  viewBlocks: 100,
  sectionText: 3000,
  headerText: 150,
  contextElements: 10,
  actionsElements: 25,
  buttonText: 75,
  buttonValue: 2000,
  accessibilityLabel: 75,
  actionId: 255,
  blockId: 255,
  optionText: 75,
  optionValue: 150,
  selectOptions: 100,
  /** Groups of options in one select, each with as many options as a select may have. */
  optionGroups: 100,
  overflowOptions: 5,
  boxes: 10,
  inputLabel: 2000,
  placeholder: 150,
  viewTitle: 24,
  privateMetadata: 3000,
  /** chat.update takes no more; chat.postMessage would take 40,000. */
  messageText: 4000,
  /** Text in all blocks together. Slack has a limit (`msg_blocks_too_long`) but does not write it down; this is cautious. */
  messageBlocksText: 13_000,
  /** Uses of one response_url. */
  responses: 5,
} as const;
