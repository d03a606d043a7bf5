import { LIMITS } from '../limits.ts';
import {
  checkCount,
  checkString,
  checkText,
  isJson,
  listOf,
  missing,
  type Json,
  type Probe,
} from './probe.ts';

type ElementCheck = (probe: Probe, element: Json, pointer: string) => void;

const option: ElementCheck = (probe, value, pointer) => {
  checkText(probe, value['text'], {
    max: LIMITS.optionText,
    pointer: `${pointer}/text`,
    required: true,
  });
  checkText(probe, value['description'], {
    max: LIMITS.optionDescription,
    pointer: `${pointer}/description`,
  });
  if (value['value'] === undefined) missing(probe, `${pointer}/value`);
  checkString(probe, value['value'], { max: LIMITS.optionValue, pointer: `${pointer}/value` });
};

const options =
  (max: number): ElementCheck =>
  (probe, element, pointer) => {
    if (element['option_groups'] !== undefined) return;
    checkCount(probe, element['options'], { max, min: 1, pointer: `${pointer}/options` });
    listOf(element['options']).forEach((one, i) => {
      if (isJson(one)) option(probe, one, `${pointer}/options/${i}`);
    });
  };

const button: ElementCheck = (probe, element, pointer) => {
  checkText(probe, element['text'], {
    max: LIMITS.buttonText,
    pointer: `${pointer}/text`,
    plain: true,
    required: true,
  });
  checkString(probe, element['value'], { max: LIMITS.buttonValue, pointer: `${pointer}/value` });
  checkString(probe, element['url'], { max: LIMITS.buttonUrl, pointer: `${pointer}/url` });
  checkString(probe, element['accessibility_label'], {
    max: LIMITS.accessibilityLabel,
    pointer: `${pointer}/accessibility_label`,
  });
  const style = element['style'];
  if (style !== undefined && style !== 'primary' && style !== 'danger')
    probe.fail(`must be a valid enum value`, `${pointer}/style`);
};

const image: ElementCheck = (probe, element, pointer) => {
  if (element['alt_text'] === undefined) missing(probe, `${pointer}/alt_text`);
  checkString(probe, element['alt_text'], { max: LIMITS.imageAlt, pointer: `${pointer}/alt_text` });
  if (element['image_url'] === undefined && element['slack_file'] === undefined)
    missing(probe, `${pointer}/image_url`);
};

const nothing: ElementCheck = () => undefined;

/** Elements that act or hold input, by type. */
const ELEMENTS: Readonly<Record<string, ElementCheck>> = {
  button,
  workflow_button: button,
  overflow: options(LIMITS.overflowOptions),
  static_select: options(LIMITS.selectOptions),
  multi_static_select: options(LIMITS.selectOptions),
  radio_buttons: options(LIMITS.radioOptions),
  checkboxes: options(LIMITS.radioOptions),
  external_select: nothing,
  multi_external_select: nothing,
  users_select: nothing,
  multi_users_select: nothing,
  conversations_select: nothing,
  multi_conversations_select: nothing,
  channels_select: nothing,
  multi_channels_select: nothing,
  plain_text_input: nothing,
  rich_text_input: nothing,
  number_input: nothing,
  email_text_input: nothing,
  url_text_input: nothing,
  datepicker: nothing,
  timepicker: nothing,
  datetimepicker: nothing,
  file_input: nothing,
  feedback_buttons: nothing,
  icon_button: nothing,
  image,
};

const confirm: ElementCheck = (probe, value, pointer) => {
  checkText(probe, value['title'], {
    max: LIMITS.confirmTitle,
    pointer: `${pointer}/title`,
    plain: true,
    required: true,
  });
  checkText(probe, value['text'], {
    max: LIMITS.confirmText,
    pointer: `${pointer}/text`,
    required: true,
  });
  checkText(probe, value['confirm'], {
    max: LIMITS.confirmButton,
    pointer: `${pointer}/confirm`,
    plain: true,
    required: true,
  });
  checkText(probe, value['deny'], {
    max: LIMITS.confirmButton,
    pointer: `${pointer}/deny`,
    plain: true,
    required: true,
  });
};

/** Checks one block element. `allowed` narrows the types a place takes. */
export function checkElement(
  probe: Probe,
  value: unknown,
  at: { readonly pointer: string; readonly allowed?: (type: string) => boolean },
): void {
  if (!isJson(value)) return probe.fail('must provide an object', at.pointer);
  const type = String(value['type']);
  const check = ELEMENTS[type];
  if (check === undefined || at.allowed?.(type) === false)
    return probe.fail(`unsupported type: ${type}`, `${at.pointer}/type`);
  checkString(probe, value['action_id'], {
    max: LIMITS.actionId,
    pointer: `${at.pointer}/action_id`,
  });
  checkText(probe, value['placeholder'], {
    max: LIMITS.placeholder,
    pointer: `${at.pointer}/placeholder`,
    plain: true,
  });
  if (isJson(value['confirm'])) confirm(probe, value['confirm'], `${at.pointer}/confirm`);
  check(probe, value, at.pointer);
}

/** Elements of one block, whose action_ids must differ. */
export function checkElements(
  probe: Probe,
  values: readonly unknown[],
  at: { readonly pointer: string; readonly allowed?: (type: string) => boolean },
): void {
  const seen = new Set<unknown>();
  values.forEach((value, i) => {
    const pointer = `${at.pointer}/${i}`;
    checkElement(probe, value, { ...at, pointer });
    const id = isJson(value) ? value['action_id'] : undefined;
    if (id !== undefined && seen.has(id)) probe.fail(`action_id already exists`, pointer);
    seen.add(id);
  });
}
